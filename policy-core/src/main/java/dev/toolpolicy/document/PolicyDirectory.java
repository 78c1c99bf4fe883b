package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Policies by name, which follow a folder: {@code NAME.json} in it is the policy called NAME. All else is left out: folders within
 * it, files whose names begin with a dot, the schemas that editors read, and {@code NAME.cases.json}, the tests of a policy.
 *
 * <p>The whole set comes into force, or nothing of it: while one document is bad, or two disagree on a counter that callers of
 * several policies share, the set that was in force stays, and {@link #status} and all followers say why. So a policy is revoked
 * by removing its file only if the others are sound. Until it is closed, a daemon thread keeps looking.
 */
public final class PolicyDirectory implements PolicySource, AutoCloseable {
    private final Watch watch;
    private final Function<Identity, Optional<String>> nameOfPolicy;

    private PolicyDirectory(Watch watch, Function<Identity, Optional<String>> nameOfPolicy) {
        this.watch = watch;
        this.nameOfPolicy = requireNonNull(nameOfPolicy, "nameOfPolicy");
    }

    /**
     * Follows this folder, with a look every second.
     *
     * @param nameOfPolicy the NAME whose policy a caller has; it is looked up among what was loaded, and never made into a path.
     *     Without a name, or with one that is not there, a caller is denied everything
     * @throws InvalidPolicyException if there is no policy in it now, or a bad one; the message is the report
     */
    public static PolicyDirectory watching(
            Path dir, PolicyParser parser, Function<Identity, Optional<String>> nameOfPolicy) {
        return watching(dir, parser, nameOfPolicy, PolicyFile.EVERY);
    }

    /**
     * Follows this folder, with a look every so often.
     *
     * @param nameOfPolicy the NAME whose policy a caller has, as above
     * @param every how long it is from one look to the next
     * @throws InvalidPolicyException if there is no policy in it now, or a bad one; the message is the report
     */
    public static PolicyDirectory watching(
            Path dir, PolicyParser parser, Function<Identity, Optional<String>> nameOfPolicy, Duration every) {
        requireNonNull(nameOfPolicy, "nameOfPolicy");
        return new PolicyDirectory(Watch.start(new Folder(dir), parser, every), nameOfPolicy);
    }

    /** Policies that follow the folder only when they are told to look. */
    static PolicyDirectory byHand(
            Path dir, PolicyParser parser, Function<Identity, Optional<String>> nameOfPolicy, Runnable pause) {
        return new PolicyDirectory(Watch.byHand(new Folder(dir), parser, pause), nameOfPolicy);
    }

    @Override
    public Optional<Policy> policyFor(Identity who) {
        Optional<String> name = nameOfPolicy.apply(who);
        return name.isPresent() ? watch.policy(name.get()) : Optional.empty();
    }

    /**
     * Looks at the folder now, and brings into force what is there: for whoever has just finished writing. What is wrong with it
     * goes where it always goes, to the followers and {@link #status}. It does nothing once this is closed, nor when a follower
     * calls it from one of its own methods.
     */
    public void check() {
        watch.check();
    }

    /** Looks as the thread does. */
    void look() {
        watch.look();
    }

    /**
     * How it is doing. The digest of the set is the SHA-256 of {@code <length>:<name><length>:<digest>} of every policy, one after
     * the other in the order of names; lengths are those in bytes of UTF-8, in decimal.
     */
    public WatchStatus status() {
        return watch.status();
    }

    @Override
    public void subscribe(Follower follower) {
        watch.subscribe(follower);
    }

    @Override
    public void unsubscribe(Follower follower) {
        watch.unsubscribe(follower);
    }

    /**
     * Ends the watching. The policies in force stay in force, whatever becomes of the folder: {@link #status} then says that nobody
     * watches. It does not wait for a look that is under way, which may still change them.
     */
    @Override
    public void close() {
        watch.close();
    }
}
