package dev.toolpolicy.document;

import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource.Follower;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A follower who serves everything, and writes down what it hears. */
class Heard implements Follower {
    final List<String> events = new ArrayList<>();

    @Override
    public Optional<String> objectionTo(Policy policy) {
        return Optional.empty();
    }

    @Override
    public void reloaded(String source, String digest) {
        events.add("reloaded " + source + " " + digest);
    }

    @Override
    public void rejected(String source, List<String> problems) {
        events.add("rejected " + source + " " + problems);
    }

    /** What was heard since this was last asked. */
    List<String> heard() {
        List<String> heard = List.copyOf(events);
        events.clear();
        return heard;
    }
}
