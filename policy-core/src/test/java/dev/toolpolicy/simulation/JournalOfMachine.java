package dev.toolpolicy.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The journal of a machine's approvals, as its next life finds it. */
final class JournalOfMachine {
    private static final int BEGINNING = "toolpolicy approvals 1\n".length();

    /** Beside the change itself: its length and two checksums. */
    private static final int FRAME = 12;

    private final World world;
    private final Path journal;
    private final boolean forgets;

    JournalOfMachine(World world, Path journal, boolean forgets) {
        this.world = world;
        this.journal = journal;
        this.forgets = forgets;
    }

    void found(boolean killed) {
        try {
            if (killed && forgets) forget();
            else if (killed && world.faults.happens(Fault.TORN)) tear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its last change never got to the disk, though it counted. */
    private void forget() throws IOException {
        byte[] all = Files.readAllBytes(journal);
        int last = BEGINNING;
        for (int at = BEGINNING; at < all.length; at += frame(all, at)) last = at;
        Files.write(journal, Arrays.copyOf(all, last));
    }

    private static int frame(byte[] all, int at) {
        return FRAME + ByteBuffer.wrap(all).getInt(at);
    }

    /** A change that was begun and never counted: the beginning of one, whichever. */
    private void tear() throws IOException {
        byte[] all = Files.readAllBytes(journal);
        if (all.length <= BEGINNING) return;
        int part = world.random.nextInt(1, frame(all, BEGINNING));
        Files.write(journal, Arrays.copyOfRange(all, BEGINNING, BEGINNING + part), StandardOpenOption.APPEND);
    }
}
