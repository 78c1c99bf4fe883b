package dev.toolpolicy.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

    /** Some of its last changes never got to the disk, though they counted. */
    private void forget() throws IOException {
        byte[] all = Files.readAllBytes(journal);
        List<Integer> changes = new ArrayList<>();
        for (int at = BEGINNING; at < all.length; at += frame(all, at)) changes.add(at);
        if (changes.isEmpty()) return;
        int lost = world.random.nextInt(1, 4);
        Files.write(journal, Arrays.copyOf(all, changes.get(Math.max(0, changes.size() - lost))));
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
