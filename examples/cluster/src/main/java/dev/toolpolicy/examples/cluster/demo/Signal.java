package dev.toolpolicy.examples.cluster.demo;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What can be done to a process besides ending it. */
public enum Signal {
    /** It stands still, and holds on to all that it has: its connections stay open. */
    STOP,
    /** It goes on where it stood. */
    CONT;

    private static final int PATIENCE_SECONDS = 10;

    /** Sends it to these processes, and comes back when that is done. */
    public void to(Collection<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name()));
        for (ProcessHandle process : processes) command.add(Long.toString(process.pid()));
        Process kill = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!kill.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0)
                throw new IOException(String.join(" ", command) + " failed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
