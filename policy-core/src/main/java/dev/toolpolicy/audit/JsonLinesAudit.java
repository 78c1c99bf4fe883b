package dev.toolpolicy.audit;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.audit.AuditVerifier.Head;
import dev.toolpolicy.disk.HeldLock;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * An audit log in a file: one JSON object a line, printable ASCII, each with the hash of the one before. {@link AuditVerifier} reads
 * it. Safe for any number of threads; nobody else may write to the file.
 */
public final class JsonLinesAudit implements AuditSink {
    private final Object lock = new Object();
    private final byte[] digestKey;
    private final HeldLock fileLock;
    private final LogWriter writer;
    private boolean closed;

    private JsonLinesAudit(Builder options) throws IOException {
        digestKey = options.digestKey;
        LogFiles files = new LogFiles(options.file);
        fileLock = HeldLock.on(
                files.lock(),
                "the audit log",
                "two that write to it would break its chain; give each a log of its own");
        try {
            writer = LogWriter.open(options, files);
        } catch (Throwable e) {
            try (fileLock) {
                throw e;
            }
        }
    }

    /** The log in this file, without a key: its chain finds accidents, not who changes all of it. See {@link Builder#open}. */
    public static JsonLinesAudit to(Path file) {
        return builder(file).open();
    }

    /** A log in this file, whose folder is there. */
    public static Builder builder(Path file) {
        return new Builder(requireNonNull(file, "file"));
    }

    /**
     * Writes the record. What throws leaves no trace in the log.
     *
     * @throws UncheckedIOException if it cannot be written
     * @throws IllegalStateException if the log is closed, or a write failed so that it could not be taken back
     */
    @Override
    public void record(AuditRecord record) {
        requireNonNull(record, "record");
        ToldArguments arguments =
                record instanceof Decided decided ? ToldArguments.of(decided.arguments(), digestKey) : null;
        synchronized (lock) {
            refuseIfClosed();
            try {
                writer.append(record, arguments);
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** Where the log stands: kept elsewhere, it shows whether log and head were later put back together. */
    public Head head() {
        synchronized (lock) {
            return writer.head();
        }
    }

    /** Forces everything to the device. */
    public void sync() {
        synchronized (lock) {
            refuseIfClosed();
            try {
                writer.sync();
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    /** Forces everything to the device and ends the log; a second time it does nothing. */
    @Override
    public void close() {
        synchronized (lock) {
            if (closed) return;
            closed = true;
            try (fileLock;
                    writer) {
                // Both are closed, whatever becomes of the other; the lock last.
            } catch (IOException e) {
                throw failed(e);
            }
        }
    }

    private void refuseIfClosed() {
        if (closed) throw new IllegalStateException("the audit log is closed");
    }

    /** In words of ours: those of the system may name files. */
    private static UncheckedIOException failed(IOException cause) {
        return new UncheckedIOException("the audit log cannot be written", cause);
    }

    /** When a record is forced to the device. */
    public enum Sync {
        /** Before {@link JsonLinesAudit#record} returns: nothing that it has taken is lost when the power fails. */
        EACH_RECORD,
        /**
         * When the operating system likes, or {@link JsonLinesAudit#sync} says so: nothing is lost when the process is killed. After
         * a power failure a part may be missing; the log and its head may then disagree, and it is not gone on with.
         */
        SYSTEM
    }

    /** Puts a log together. */
    public static final class Builder {
        private final Path file;
        private byte @Nullable [] key;
        private byte[] digestKey = new byte[32];
        long rotateAt = 64L << 20;
        Sync sync = Sync.SYSTEM;
        InstantSource clock = () -> Instant.ofEpochMilli(System.currentTimeMillis());
        Disk disk = Disk.REAL;

        private Builder(Path file) {
            this.file = file;
            new SecureRandom().nextBytes(digestKey);
        }

        /** Makes the chain one that nobody without this key can write, of at least 16 bytes. Keep it where the log is not. */
        public Builder key(byte[] key) {
            this.key = Chain.checkedKey(key);
            return this;
        }

        /**
         * The key of the arguments' digests, of at least 16 bytes: under the same key, the same arguments have the same digest. A
         * random one unless set, so that digests can be compared between two openings of the log only if it is set.
         */
        public Builder digestKey(byte[] key) {
            this.digestKey = Chain.checkedKey(key);
            return this;
        }

        /** How many bytes a file may have before the log goes on in the next; 64 MiB unless set. A last line may exceed it. */
        public Builder rotateAt(long bytes) {
            if (bytes < 1) throw new IllegalArgumentException("a file has at least one byte, got " + bytes);
            this.rotateAt = bytes;
            return this;
        }

        /** When a record is forced to the device; {@link Sync#SYSTEM} unless set. */
        public Builder sync(Sync sync) {
            this.sync = requireNonNull(sync, "sync");
            return this;
        }

        /** The clock for what the log itself writes, the system's unless set; records bring their own time. */
        public Builder clock(InstantSource clock) {
            this.clock = requireNonNull(clock, "clock");
            return this;
        }

        Builder disk(Disk disk) {
            this.disk = disk;
            return this;
        }

        Chain chain() {
            return key == null ? Chain.plain() : Chain.keyed(key);
        }

        /**
         * Begins the log, or goes on with it where it ended.
         *
         * @throws IllegalStateException if somebody has it open, or its end and its head do not fit each other, not even as a crash
         *     leaves them. What is further up is not looked at: that is the verifier's
         * @throws IllegalArgumentException if its folder is not there
         * @throws UncheckedIOException if it cannot be read or written
         */
        public JsonLinesAudit open() {
            if (!Files.isDirectory(new LogFiles(file).folder())) {
                throw new IllegalArgumentException("the folder of the audit log is not there");
            }
            try {
                return new JsonLinesAudit(this);
            } catch (IOException e) {
                throw new UncheckedIOException("the audit log cannot be opened", e);
            }
        }
    }
}
