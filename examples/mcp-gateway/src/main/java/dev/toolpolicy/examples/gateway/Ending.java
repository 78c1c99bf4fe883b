package dev.toolpolicy.examples.gateway;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to be ended when the process is, the last begun first: a log is closed after whoever writes to it. */
final class Ending {
    private final Deque<Runnable> ends = new ArrayDeque<>();

    /** One that is run when the process ends, in whatever way that can be heard of. */
    static Ending ofProcess() {
        Ending ending = new Ending();
        Runtime.getRuntime().addShutdownHook(new Thread(ending::end, "end"));
        return ending;
    }

    synchronized void add(Runnable end) {
        ends.push(end);
    }

    private synchronized void end() {
        for (Runnable end : ends) {
            try {
                end.run();
            } catch (RuntimeException e) {
                // The others are ended all the same.
                System.err.println("mcp-gateway: " + e);
            }
        }
    }
}
