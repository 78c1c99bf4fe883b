package dev.toolpolicy.simulation;

import dev.toolpolicy.audit.AuditVerifier;
import dev.toolpolicy.audit.JsonLinesAudit;
import dev.toolpolicy.audit.QueuedAudit;
import dev.toolpolicy.audit.SimulatedDisk;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Outcome;
import dev.toolpolicy.spi.AuditSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The audit log of a machine, through all of its lives. */
final class MachineLog implements SimulatedDisk.Trouble {
    /** What a log is. */
    enum Kind {
        /** There is none. */
        NONE,
        /** A list that nothing can be wrong with. */
        LIST,
        FILE,
        /** A file behind a queue. Its thread is its own: nothing happens to that disk, and no kill comes before the queue is empty. */
        QUEUE
    }

    private static final byte[] KEY = "a key of at least sixteen bytes".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern ALLOWED = Pattern.compile("\"id\":\"([^\"]+)\",\"outcome\":\"ALLOW\"");

    private final Machine machine;
    private final World world;
    final Kind kind;
    private final Path file;
    private final boolean rotates;
    private final Set<String> listed = new HashSet<>();
    private @Nullable AuditSink open;
    private int life;
    /** Whether it said that it must be opened anew. */
    private boolean stuck;

    private boolean torn;
    private boolean begun;

    MachineLog(Machine machine, Kind kind, Path file, boolean rotates) {
        this.machine = machine;
        this.world = machine.world();
        this.kind = kind;
        this.file = file;
        this.rotates = rotates;
    }

    AuditSink open() {
        life = machine.life();
        stuck = false;
        AuditSink opened = kind == Kind.LIST ? list() : file();
        open = opened;
        return opened;
    }

    private AuditSink list() {
        return written -> {
            if (written instanceof Decided decided && decided.outcome() == Outcome.ALLOW) listed.add(decided.id());
        };
    }

    private AuditSink file() {
        verify();
        JsonLinesAudit.Builder log = JsonLinesAudit.builder(file)
                .key(KEY)
                .digestKey(KEY)
                .clock(machine)
                .rotateAt(rotates ? 1 : Long.MAX_VALUE);
        AuditSink written = SimulatedDisk.under(log, this).open();
        begun = true;
        return kind == Kind.QUEUE ? QueuedAudit.before(written, 10_000, QueuedAudit.WhenFull.DENY) : written;
    }

    /** Ends what a life had open; of a kill the file notices nothing else. */
    void close() {
        AuditSink ending = open;
        open = null;
        if (ending == null) return;
        try {
            ending.close();
        } catch (RuntimeException e) {
            // It may be half of a log; the next life finds out.
        }
    }

    /** What it threw where it should have kept a record. */
    void failed(RuntimeException e) {
        stuck |= String.valueOf(e.getMessage()).endsWith("open it anew");
    }

    boolean isStuck() {
        return stuck;
    }

    /** The ids of all decisions to allow that it holds. */
    Set<String> recorded() {
        if (kind == Kind.LIST) return listed;
        verify();
        Set<String> ids = new HashSet<>();
        try (Stream<Path> files = Files.list(file.getParent())) {
            String name = file.getFileName().toString();
            for (Path path : files.toList()) {
                if (!path.getFileName().toString().startsWith(name)) continue;
                Matcher matcher = ALLOWED.matcher(Files.readString(path, StandardCharsets.ISO_8859_1));
                while (matcher.find()) ids.add(matcher.group(1));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ids;
    }

    private void verify() {
        if (!begun) return;
        AuditVerifier.Result result = AuditVerifier.verify(file, KEY);
        world.ledger.require(result.ok(), machine + ": " + result.sentence());
    }

    private boolean isSimulated() {
        return kind == Kind.FILE && machine.life() == life;
    }

    @Override
    public int taken(boolean head, int bytes) {
        if (!isSimulated()) return bytes;
        torn = false;
        if (!machine.lives(life)) return 0;
        if (world.faults.happens(Fault.DISK_FULL)) return head ? 0 : world.random.nextInt(10) * bytes / 10;
        // The head is so short that it is written or not.
        if (head || !world.faults.happensRarely(Fault.TORN)) return bytes;
        torn = true;
        return world.random.nextInt(1, 10) * bytes / 10;
    }

    @Override
    public void beforeCut() throws IOException {
        if (!isSimulated()) return;
        if (!machine.lives(life)) throw new Killed();
        if (world.faults.happensMostly(Fault.DISK_STUCK)) throw new IOException("nothing can be written");
    }

    @Override
    public void strike() throws IOException {
        if (torn) machine.kill();
        if (!machine.lives(life)) throw new Killed();
        throw new IOException("no space left");
    }

    static List<Kind> kinds() {
        return List.of(Kind.values());
    }
}
