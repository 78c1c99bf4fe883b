package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Taking;
import dev.toolpolicy.spi.Taking.Taken;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A store that is away, slow or wrong: no call is taken that was not counted, and nothing stays shut for ever. */
class SharedCountersFaultsTest extends OnMapStore {
    @Test
    void whatWaitsBehindAnotherForTooLongIsNotSentAnyMore() throws Exception {
        SharedCounters hurried = counters.withTimeLimit(Duration.ofMillis(50));
        store.beforeReading = MapStore.SHUT;
        List<CompletableFuture<Taking>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++)
            calls.add(hurried.takeAsync(List.of(one("a", 50)), NOON).toCompletableFuture());
        for (CompletableFuture<Taking> call : calls)
            assertThat(catchThrowable(() -> call.get(30, TimeUnit.SECONDS))).hasCauseInstanceOf(TimeoutException.class);
        store.beforeReading = MapStore.OPEN;

        assertThat(eventually(() -> hurried.lanesInUse() == 0)).isTrue();
        assertThat(left(counters, one("a", 50))).isEqualTo(50);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aStoreThatDoesNotAnswerFailsWithinTheTimeLimit(boolean blocks) {
        MapStore silent = blocks ? new MapStore().blocking() : new MapStore();
        SharedCounters hurried = of(silent).withTimeLimit(Duration.ofMillis(50));
        silent.beforeWriting = MapStore.SHUT;
        long begun = System.nanoTime();

        assertThatIllegalStateException().isThrownBy(() -> hurried.take(List.of(one("a", 5)), NOON));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> hurried.takeAsync(List.of(one("b", 5)), NOON)
                        .toCompletableFuture()
                        .join())
                .withCauseInstanceOf(TimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(100), Duration.ofSeconds(20));
        hurried.close();
    }

    @Test
    void whatIsSaidOfAFaultIsWhereItBegan() {
        IOException reset = new IOException("connection reset");
        store.beforeReading = () -> CompletableFuture.failedFuture(new IllegalStateException("no answer", reset));

        assertThatIllegalStateException()
                .isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON))
                .withMessage("the store gave no sure answer: java.io.IOException: connection reset");
    }

    @Test
    void aLostAnswerFailsAndWhatItTookStaysTaken() {
        store.afterWriting = MapStore.BROKEN;
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON));
        store.afterWriting = MapStore.OPEN;

        assertThat(left(counters, one("a", 5))).isEqualTo(4);
    }

    @Test
    void whereOneOfSeveralFailsTheOthersAreGivenBack() {
        Charge own = charge("own", "a", 60, 5, 1);
        Charge everybodys = charge("all", "", 60, 5, 1);
        // The caller's own is written first.
        store.beforeWriting = () -> store.writes.get() == 1 ? MapStore.BROKEN.get() : MapStore.OPEN.get();
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(own, everybodys), NOON));
        // Not given back as long as that fails, too.
        store.beforeWriting = MapStore.OPEN;
        assertThat(left(counters, everybodys)).isEqualTo(5);
    }

    @Test
    void whereOneOfSeveralFailsOnceTheOthersAreGivenBackAtOnce() {
        Charge own = charge("own", "a", 60, 5, 1);
        Charge everybodys = charge("all", "", 60, 5, 1);
        AtomicInteger tries = new AtomicInteger();
        store.beforeWriting = () -> tries.incrementAndGet() == 2 ? MapStore.BROKEN.get() : MapStore.OPEN.get();

        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(own, everybodys), NOON));

        assertThat(left(counters, own)).isEqualTo(5);
        assertThat(left(counters, everybodys)).isEqualTo(5);
    }

    @Test
    void whatComesTooLateIsGivenBack() {
        CompletableFuture<Void> door = new CompletableFuture<>();
        store.afterWriting = () -> door;
        CompletableFuture<Taking> call =
                counters.takeAsync(List.of(one("a", 5)), NOON).toCompletableFuture();
        call.cancel(true);
        assertThat(store.writes.get()).isEqualTo(1);
        store.afterWriting = MapStore.OPEN;
        door.complete(null);

        assertThat(eventually(() -> left(counters, one("a", 5)) == 5)).isTrue();
    }

    @Test
    void anInterruptedThreadDoesNotWait() {
        store.beforeReading = MapStore.SHUT;
        Thread.currentThread().interrupt();
        assertThatIllegalStateException()
                .isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON))
                .withCauseInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void aStoreThatIsAwayIsLeftAloneAndTriedAgainNowAndThen() {
        store.beforeReading = () -> {
            store.reads.incrementAndGet();
            return MapStore.BROKEN.get();
        };
        for (int i = 0; i < 5; i++) failing("a" + i);
        assertThat(counters.storeAnswers()).isFalse();
        int tries = store.reads.get();
        assertThat(tries).isEqualTo(5);
        for (int i = 0; i < 100; i++) failing("b" + i);
        // A slow machine may take so long that one more is let through.
        assertThat(store.reads.get()).isBetween(tries, tries + 5);

        store.beforeReading = MapStore.OPEN;
        assertThat(eventually(() -> catchThrowable(() -> counters.take(List.of(one("c", 5)), NOON)) == null))
                .isTrue();
        assertThat(counters.take(List.of(one("d", 5)), NOON)).isInstanceOf(Taken.class);
    }

    @Test
    void healthChecksAloneFindOutThatItIsBack() {
        assertThat(counters.storeAnswers()).isTrue();
        store.beforeWriting = MapStore.BROKEN;
        assertThatIllegalStateException()
                .isThrownBy(counters::probe)
                .withMessage("the store gave no sure answer: java.lang.IllegalStateException: connection lost");
        for (int i = 0; i < 10; i++) assertThat(counters.storeAnswers()).isFalse();
        store.beforeWriting = MapStore.OPEN;
        assertThat(eventually(counters::storeAnswers)).isTrue();
        assertThat(counters.take(List.of(one("a", 5)), NOON)).isInstanceOf(Taken.class);
        counters.close();
        assertThat(counters.storeAnswers()).isFalse();
    }

    private void failing(String caller) {
        assertThatIllegalStateException().isThrownBy(() -> counters.take(List.of(one(caller, 5)), NOON));
    }

    @Test
    void whatTheStoreDoesNotSayIsTakenIsNotAllowed() {
        store.deniesAll = true;
        assertThatIllegalStateException()
                .isThrownBy(() -> counters.take(List.of(one("a", 5)), NOON))
                .withMessageContaining("no bucket where one was made");
        assertThatIllegalStateException().isThrownBy(() -> counters.change(one("a", 5), NOON.getEpochSecond(), 2));
        assertThat(left(counters, one("a", 5))).isEqualTo(5);
    }
}
