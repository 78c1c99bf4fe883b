package dev.toolpolicy;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;

/** What happens in a {@link History}, as it was drawn: the same whatever happened before. */
sealed interface Step {
    /** A call, perhaps after it was asked what would be said of it. */
    record Called(String namespace, Reference.Call call, boolean explained) implements Step {}

    /** The call that asked one of the latest questions, once more. */
    record CalledAgain(int back) implements Step {}

    /** The clock goes on. */
    record Later(Duration by) implements Step {}

    /** The clock goes to where a window of so many seconds begins, or to the last moment before. */
    record ToNextWindow(long seconds, boolean last) implements Step {}

    /** The clock goes to where the latest question lapses, or to the last moment before. */
    record ToLapse(boolean last) implements Step {}

    /** The clock goes back, as far as {@link History} lets it. */
    record Back(Duration by) implements Step {}

    /** A person answers one of the latest questions. */
    record Answered(int back, boolean yes, String who) implements Step {}

    /** One of the latest calls gives back what it took. */
    record Refunded(int back) implements Step {}

    /** One of the latest calls says what it came to. */
    record Settled(int back, String counter, BigDecimal actual) implements Step {}

    /** There is another policy for {@code acme}, or for all others. */
    record Reloaded(boolean acme, Map<String, Object> document, Policy policy) implements Step {
        @Override
        public String toString() {
            return "Reloaded[" + (acme ? "acme" : "all others") + ": " + PlainJson.write(document) + "]";
        }
    }
}
