package dev.toolpolicy.audit;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads an audit log, and says whether it is what was written. It may be written to meanwhile. */
public final class AuditVerifier {
    private static final String USAGE = "usage: AuditVerifier <log> [--key-file FILE] [--head TEXT]\n"
            + "  FILE holds the key, all of its bytes; TEXT is a head that was kept elsewhere, LINES-HASH";

    private AuditVerifier() {}

    /**
     * Verifies a log without a key, which shows accidents; whoever changes a line and writes all the others anew is not found.
     *
     * @throws UncheckedIOException if a file of the log cannot be read
     */
    public static Result verify(Path log) {
        return verify(log, Chain.plain(), Optional.empty());
    }

    /** Verifies a log that was written with this key: nobody else could have written any of it. */
    public static Result verify(Path log, byte[] key) {
        return verify(log, Chain.keyed(key), Optional.empty());
    }

    /** Verifies a log that was written with this key, and that it still holds what it held at this head, kept elsewhere. */
    public static Result verify(Path log, byte[] key, Head head) {
        return verify(log, Chain.keyed(key), Optional.of(head));
    }

    /** Verifies a log without a key, and that it still holds what it held at this head, kept elsewhere. */
    public static Result verify(Path log, Head head) {
        return verify(log, Chain.plain(), Optional.of(head));
    }

    private static Result verify(Path log, Chain chain, Optional<Head> kept) {
        try {
            return new LogWalk(new LogFiles(log), chain, kept).walk();
        } catch (IOException e) {
            throw new UncheckedIOException("the audit log cannot be read", e);
        }
    }

    /** Verifies a log and prints what is found. Ends with 0 if it is what was written, 1 if not, 2 if that cannot be said. */
    public static void main(String[] args) {
        System.exit(run(List.of(args), System.out));
    }

    static int run(List<String> args, PrintStream out) {
        @Nullable Path log = null;
        @Nullable Chain chain = null;
        Optional<Head> kept = Optional.empty();
        try {
            for (int i = 0; i < args.size(); i++) {
                String arg = args.get(i);
                if (arg.equals("--key-file")) chain = Chain.keyed(Files.readAllBytes(Path.of(args.get(++i))));
                else if (arg.equals("--head")) kept = Optional.of(Head.parse(args.get(++i)));
                else if (arg.startsWith("--") || log != null) return usage(out);
                else log = Path.of(arg);
            }
            if (log == null) return usage(out);
            Result result = verify(log, chain == null ? Chain.plain() : chain, kept);
            out.println(result.sentence());
            return result.ok() ? 0 : 1;
        } catch (InvalidPathException | IndexOutOfBoundsException e) {
            return usage(out);
        } catch (IllegalArgumentException e) {
            out.println("cannot verify: " + e.getMessage());
            return 2;
        } catch (IOException e) {
            out.println("cannot verify: the key's file cannot be read");
            return 2;
        } catch (UncheckedIOException e) {
            out.println("cannot verify: a file of the log cannot be read");
            return 2;
        }
    }

    private static int usage(PrintStream out) {
        out.println(USAGE);
        return 2;
    }

    /**
     * Where a log stands.
     *
     * @param lines how many it has
     * @param hash of the last, 64 hexadecimal digits; zeros if there is none
     */
    public record Head(long lines, String hash) {
        static final Head NONE = new Head(0, "0".repeat(64));

        public Head {
            if (lines < 0) throw new IllegalArgumentException("a log has no lines or more, got " + lines);
            if (!isHash(hash)) throw new IllegalArgumentException("a hash is 64 lower-case hexadecimal digits");
        }

        /** Reads what {@link #toString} writes. */
        public static Head parse(String text) {
            int dash = text.indexOf('-');
            return parsed(text.substring(0, Math.max(0, dash)), text.substring(dash + 1))
                    .orElseThrow(() ->
                            new IllegalArgumentException("a head is written LINES-HASH, with 64 hexadecimal digits"));
        }

        static Optional<Head> parsed(String lines, String hash) {
            boolean number =
                    !lines.isEmpty() && lines.length() <= 18 && lines.chars().allMatch(c -> c >= '0' && c <= '9');
            return number && isHash(hash) ? Optional.of(new Head(Long.parseLong(lines), hash)) : Optional.empty();
        }

        private static boolean isHash(String text) {
            if (text.length() != 64) return false;
            // No stream: one for each record takes as long as its hash.
            for (int i = 0; i < text.length(); i++) {
                char c = text.charAt(i);
                if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) return false;
            }
            return true;
        }

        /** How many lines, a dash, the hash: to be printed, kept elsewhere and parsed again. */
        @Override
        public String toString() {
            return lines + "-" + hash;
        }
    }

    /** What is found. */
    public sealed interface Result {
        /** Whether the log is what was written. */
        boolean ok();

        /** What is found, for people. */
        String sentence();
    }

    /**
     * The log is what was written.
     *
     * @param notes what a crash has left behind; none of it is missing or changed
     */
    public record Intact(Head head, List<String> notes) implements Result {
        public Intact {
            requireNonNull(head, "head");
            notes = List.copyOf(notes);
        }

        @Override
        public boolean ok() {
            return true;
        }

        @Override
        public String sentence() {
            String notes = this.notes.isEmpty() ? "" : "\nnote: " + String.join("\nnote: ", this.notes);
            return "OK: " + head.lines() + " lines, head " + head + notes;
        }
    }

    /**
     * The log is not what was written.
     *
     * @param file the name of the file where that shows first
     * @param line the number of the line there, from 1 on; 0 if it is the file as a whole
     * @param seq the number that this line has in the log, or should have; 0 if it is no line
     * @param problem what is wrong with it
     */
    public record Broken(String file, long line, long seq, String problem) implements Result {
        public Broken {
            requireNonNull(file, "file");
            requireNonNull(problem, "problem");
        }

        @Override
        public boolean ok() {
            return false;
        }

        @Override
        public String sentence() {
            String place = line == 0 ? "" : " line " + line + " (seq " + seq + ")";
            return "NOT OK: " + file + place + ": " + problem;
        }
    }
}
