package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what comes about by itself, and no longer than it takes. */
final class Eventually {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_AGAIN_MILLIS = 10;

    private Eventually() {}

    /** Waits until this is so; an exception means that it is not so yet. */
    static void so(String what, Callable<Boolean> condition) throws InterruptedException {
        long begun = System.nanoTime();
        Exception last = null;
        while (System.nanoTime() - begun < PATIENCE.toNanos()) {
            try {
                if (condition.call()) return;
                last = null;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            Thread.sleep(LOOK_AGAIN_MILLIS); // it comes about elsewhere, and there is no event to wait for
        }
        fail("it never came about: " + what, last);
    }
}
