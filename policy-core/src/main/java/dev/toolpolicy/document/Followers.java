package dev.toolpolicy.document;

import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource.Follower;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Who follows a source. What they throw is dropped, save that a policy they cannot judge is one they cannot serve. */
final class Followers {
    private final List<Follower> followers = new CopyOnWriteArrayList<>();

    void add(Follower follower) {
        followers.add(follower);
    }

    void remove(Follower follower) {
        followers.remove(follower);
    }

    /** Why this follower cannot serve a policy. */
    static Optional<String> objection(Follower follower, Policy policy) {
        try {
            // Within the try: a careless one answers null.
            return follower.objectionTo(policy).map(String::strip);
        } catch (Throwable e) {
            return Optional.of("whoever is to serve it failed to say whether it can");
        }
    }

    /** Why it cannot be served, by whoever says so. */
    List<String> objections(Policy policy) {
        return followers.stream()
                .flatMap(follower -> objection(follower, policy).stream())
                .distinct()
                .toList();
    }

    void reloaded(String source, String digest) {
        tell(follower -> follower.reloaded(source, digest));
    }

    void rejected(String source, List<String> problems) {
        tell(follower -> follower.rejected(source, problems));
    }

    private void tell(Consumer<Follower> event) {
        for (Follower follower : followers) tell(follower, event);
    }

    static void tell(Follower follower, Consumer<Follower> event) {
        try {
            event.accept(follower);
        } catch (Throwable e) {
            // The next one is told all the same.
        }
    }
}
