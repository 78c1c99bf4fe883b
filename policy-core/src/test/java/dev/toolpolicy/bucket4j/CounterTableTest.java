package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking.Taken;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a counter is dropped while another thread is on its way to it, and where there is no room. */
class CounterTableTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final int MOST = 100;

    private static Charge charge(String counter, long seconds) {
        return new Charge("", counter, "a", seconds, 5, 1);
    }

    private static LiveCounter counter(CounterTable table, Charge charge) {
        return Objects.requireNonNull(table.find(CounterId.of(charge)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void whoComesToACounterThatWasDroppedLooksAgain(int limits) {
        List<Charge> charges =
                List.of(charge("a", 60), charge("b", 60), charge("c", 60)).subList(0, limits);
        for (Charge dropped : charges) {
            CounterTable table = new CounterTable(MOST);
            Claim.take(charges, table, NOON);
            LiveCounter counter = counter(table, dropped);
            // By a thread that has not got any further yet.
            synchronized (counter) {
                counter.drop();
            }

            assertThat(Claim.take(charges, table, NOON)).isNull();
            assertThat(table.find(CounterId.of(dropped))).isNull();
            assertThat(Claim.take(charges, table, NOON)).isInstanceOf(Taken.class);
            assertThat(table.size()).isEqualTo(limits);
        }
    }

    @Test
    void aCounterLeavesOnce() {
        CounterTable table = new CounterTable(MOST);
        Claim.take(List.of(charge("a", 60)), table, NOON);
        LiveCounter counter = counter(table, charge("a", 60));
        synchronized (counter) {
            table.drop(counter, NOON.getEpochSecond());
        }

        table.remove(counter);

        assertThat(table.size()).isZero();
    }

    /** Wherever it lies: only a few are looked at for each that is made, until there is no room. */
    @Test
    void theOneThatIsOverMakesRoom() {
        Instant later = NOON.plusSeconds(60);
        for (int over = 0; over < MOST; over++) {
            CounterTable full = new CounterTable(MOST);
            for (int i = 0; i < MOST; i++) Claim.take(List.of(charge("" + i, i == over ? 60 : 3_600)), full, NOON);

            if (over % 2 == 0)
                assertThat(full.hasRoom(later.getEpochSecond())).as("%s", over).isTrue();
            else
                assertThat(Claim.take(List.of(charge("new", 60)), full, later))
                        .as("%s", over)
                        .isInstanceOf(Taken.class);
            assertThat(full.find(CounterId.of(charge("" + over, 60)))).isNull();
        }
    }
}
