package dev.toolpolicy.bucket4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Answers that come where the stack ends. */
class SharedCountersStackTest extends OnMapStore {
    @Test
    void whereTheStackEndsAsAnswersComeNoCounterIsClosedForEver() throws Exception {
        SharedCounters hurried = counters.withTimeLimit(Duration.ofMillis(200));
        // A class that is first used where there is no room for that stays unusable, for every other test.
        for (int i = 0; i < 300; i++) heldUp("warm" + i, counters).complete(null);
        List<String> callers = new ArrayList<>();
        for (int round = 0; round < 10; round++) {
            List<CompletableFuture<Void>> doors = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                callers.add(round + "-" + i);
                doors.add(heldUp(round + "-" + i, hurried));
            }
            Iterator<CompletableFuture<Void>> next = doors.iterator();
            Thread deep =
                    new Thread(null, () -> answerAtEveryDepth(next, 1_000_000), "deep", (256 + 8L * round) * 1024);
            deep.start();
            deep.join(AGES.toMillis());
        }
        store.afterWriting = MapStore.OPEN;

        for (String caller : callers)
            assertThat(eventually(() -> catchThrowable(() -> left(hurried, one(caller, 5))) == null))
                    .as(caller)
                    .isTrue();
    }

    /** A call of this caller's, whose answer comes when what is returned is completed, in the thread that does. */
    private CompletableFuture<Void> heldUp(String caller, SharedCounters counters) {
        CompletableFuture<Void> door = new CompletableFuture<>();
        store.afterWriting = () -> door;
        counters.takeAsync(List.of(one(caller, 5)), NOON);
        return door;
    }

    private static void answerAtEveryDepth(Iterator<CompletableFuture<Void>> answers, int more) {
        try {
            if (more > 0) answerAtEveryDepth(answers, more - 1);
        } catch (StackOverflowError e) {
            // This is as deep as it gets.
        }
        try {
            if (answers.hasNext()) answers.next().complete(null);
        } catch (StackOverflowError e) {
            // Whoever waits for it is not told.
        }
    }
}
