package dev.toolpolicy;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whatever a part of the host may throw at a decision. */
final class Throwables {
    private Throwables() {}

    static List<Throwable> all() {
        return List.of(
                new IllegalStateException("broken"),
                new StackOverflowError("too deep"),
                new OutOfMemoryError("too much"),
                new AssertionError("never"),
                new LinkageError("not there"),
                new Exception("checked, and thrown all the same"));
    }

    /** A source that throws this. */
    static PolicySource source(Throwable thrown) {
        return who -> Throwables.<Optional<Policy>, RuntimeException>raise(thrown);
    }

    /** Counters that throw this. */
    static Counters counters(Throwable thrown) {
        return new Counters() {
            @Override
            public List<Taking.Left> look(List<Charge> charges, Instant now) {
                return Throwables.<List<Taking.Left>, RuntimeException>raise(thrown);
            }

            @Override
            public Taking take(List<Charge> charges, Instant now) {
                return Throwables.<Taking, RuntimeException>raise(thrown);
            }

            @Override
            public void change(Charge charge, long window, long more) {
                Throwables.<Void, RuntimeException>raise(thrown);
            }
        };
    }

    /** A listener that throws this. */
    static PolicyListener listener(Throwable thrown) {
        return decided -> Throwables.<Void, RuntimeException>raise(thrown);
    }

    static void sneak(Throwable thrown) {
        Throwables.<Void, RuntimeException>raise(thrown);
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // throws what no signature allows
    private static <T, E extends Throwable> T raise(Throwable thrown) throws E {
        throw (E) thrown;
    }
}
