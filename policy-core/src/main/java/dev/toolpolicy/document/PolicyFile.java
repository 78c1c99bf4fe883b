package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One policy for everybody, which follows a file: edits, renames over it, links that are set anew.
 *
 * <p>What is there comes into force when two looks in a row saw the same. If it is no policy, or one that cannot be served, the
 * policy that was in force stays, and {@link #status} and all followers say why. Until it is closed, a daemon thread keeps looking.
 */
public final class PolicyFile implements PolicySource, AutoCloseable {
    /** How long it is from one look to the next, unless said otherwise. */
    static final Duration EVERY = Duration.ofSeconds(1);

    private static final String NAME = "policy";

    private final Watch watch;

    private PolicyFile(Watch watch) {
        this.watch = watch;
    }

    /**
     * Follows this file, with a look every second.
     *
     * @throws InvalidPolicyException if there is no policy in it now; the message is the report
     */
    public static PolicyFile watching(Path file, PolicyParser parser) {
        return watching(file, parser, EVERY);
    }

    /**
     * Follows this file.
     *
     * @param every how long it is from one look to the next
     * @throws InvalidPolicyException if there is no policy in it now; the message is the report
     */
    public static PolicyFile watching(Path file, PolicyParser parser, Duration every) {
        return new PolicyFile(Watch.start(new OneFile(file), parser, every));
    }

    /** A policy that follows the file only when it is told to look. */
    static PolicyFile byHand(Path file, PolicyParser parser, Runnable pause) {
        return new PolicyFile(Watch.byHand(new OneFile(file), parser, pause));
    }

    @Override
    public Optional<Policy> policyFor(Identity who) {
        return watch.policy(NAME);
    }

    /**
     * Looks at the file now, and brings into force what is there: for whoever has just finished writing it. What is wrong with it
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

    /** How it is doing. */
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
     * Ends the watching. The policy in force stays in force, whatever becomes of the file: {@link #status} then says that nobody
     * watches. It does not wait for a look that is under way, which may still change it.
     */
    @Override
    public void close() {
        watch.close();
    }

    private record OneFile(Path path) implements Followed {
        OneFile {
            requireNonNull(path, "file");
        }

        @Override
        public Listing list() {
            return Listing.of(new TreeMap<>(Map.of(NAME, path)));
        }

        @Override
        public String digest(SortedMap<String, Policy> policies) {
            return policies.values().iterator().next().digest();
        }
    }
}
