package dev.toolpolicy.audit;

import dev.toolpolicy.audit.AuditVerifier.Head;
import dev.toolpolicy.audit.Disk.Output;
import dev.toolpolicy.audit.Opened.Why;
import dev.toolpolicy.disk.OwnFiles;
import dev.toolpolicy.spi.AuditRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Appends lines to a log, all of a line or nothing. Not safe for several threads. */
final class LogWriter implements AutoCloseable {
    private final LogFiles files;
    private final Disk disk;
    private final Chain chain;
    private final boolean forces;
    private final long rotateAt;
    private final InstantSource clock;

    private final LineBuffer line = new LineBuffer();
    private final RecordLine fields = new RecordLine(line);
    private final Output headFile;
    private @Nullable Output current;
    private long length;
    private int segment;
    private Head head;
    /** What has to be written before anything else. */
    private @Nullable Opened opened;

    private boolean broken;

    private LogWriter(JsonLinesAudit.Builder options, LogFiles files, Opening opening) throws IOException {
        this.files = files;
        this.disk = options.disk;
        this.chain = options.chain();
        this.forces = options.sync == JsonLinesAudit.Sync.EACH_RECORD;
        this.rotateAt = options.rotateAt;
        this.clock = options.clock;
        this.segment = opening.segment();
        this.head = opening.head();
        this.opened = new Opened(opening.why(), segment, opening.torn());
        this.headFile = disk.open(files.head());
    }

    /** Goes on with a log, or begins one; the first record says which. */
    static LogWriter open(JsonLinesAudit.Builder options, LogFiles files) throws IOException {
        Opening opening = Opening.of(files, options.chain());
        LogWriter writer = new LogWriter(options, files, opening);
        try {
            // A head of no lines comes before the first line, which else would be one without a head.
            // One that is a line behind is put right first: were this process stopped too, it would be two behind.
            if (opening.head().equals(Head.NONE) || opening.why() == Why.AHEAD) writer.writeHead(opening.head());
            if (opening.moves()) Files.move(files.current(), files.older(opening.segment() - 1));
            writer.length = LogFiles.length(files.current());
            writer.current();
            writer.writeOpened();
            return writer;
        } catch (Throwable e) {
            try (writer) {
                throw e;
            }
        }
    }

    Head head() {
        return head;
    }

    void append(AuditRecord record, @Nullable ToldArguments arguments) throws IOException {
        if (broken) {
            throw new IllegalStateException(
                    "the audit log is broken: a write failed and could not be taken back; open it anew");
        }
        if (length >= rotateAt) rotate();
        if (opened != null) writeOpened();
        Link.begin(line, head);
        fields.write(record, arguments);
        put();
    }

    /** Every step may fail, and be tried again by the next record. */
    private void rotate() throws IOException {
        if (current != null) {
            current.sync();
            Output full = current;
            current = null;
            // Closed before it is renamed, which Windows asks for.
            full.close();
        }
        Files.move(files.current(), files.older(segment));
        length = 0;
        segment++;
        opened = new Opened(Why.ROTATED, segment, Torn.NOTHING);
    }

    private void writeOpened() throws IOException {
        if (opened == null) return;
        Link.begin(line, head);
        opened.write(line, clock.instant(), chain.kind());
        put();
        opened = null;
    }

    private Output current() throws IOException {
        if (current == null) {
            current = disk.open(files.current());
            OwnFiles.syncFolder(files.folder());
        }
        return current;
    }

    private void put() throws IOException {
        String hash = chain.hash(line.bytes(), line.length());
        line.end(hash);
        Head next = new Head(head.lines() + 1, hash);
        Output file = current();
        boolean headTouched = false;
        try {
            file.write(length, line.bytes(), line.length());
            if (forces) file.sync();
            headTouched = true;
            writeHead(next);
        } catch (Throwable e) {
            takeBack(file, headTouched, e);
            throw e;
        }
        head = next;
        length += line.length();
    }

    private void writeHead(Head next) throws IOException {
        byte[] text = HeadFile.text(chain, next);
        headFile.write(0, text, text.length);
        if (forces) headFile.sync();
    }

    private void takeBack(Output file, boolean headTouched, Throwable cause) {
        try {
            // In this order: stopped in between, the log is a line ahead of its head, as it may be.
            if (headTouched) writeHead(head);
            file.cut(length);
        } catch (Throwable e) {
            broken = true;
            cause.addSuppressed(e);
        }
    }

    void sync() throws IOException {
        if (current != null) current.sync();
        headFile.sync();
    }

    @Override
    public void close() throws IOException {
        Output last = current;
        try (headFile;
                last) {
            sync();
        }
    }
}
