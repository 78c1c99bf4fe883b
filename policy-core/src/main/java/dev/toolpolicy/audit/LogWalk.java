package dev.toolpolicy.audit;

import dev.toolpolicy.audit.AuditVerifier.Broken;
import dev.toolpolicy.audit.AuditVerifier.Head;
import dev.toolpolicy.audit.AuditVerifier.Intact;
import dev.toolpolicy.audit.AuditVerifier.Result;
import dev.toolpolicy.audit.LineReader.Found;
import dev.toolpolicy.audit.Opened.Why;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;

/** Reads all lines of a log in their order, up to the first that is not what was written. */
final class LogWalk {
    /** More without an end, and nothing whole in between, than crashes leave behind, and than should be held in memory. */
    private static final long MOST_TORN = 16L << 20;

    private static final int MOST_TRIES = 3;

    private final LogFiles files;
    private final Chain chain;
    private final Optional<Head> kept;
    private Head at = Head.NONE;
    private String file = "";
    private long line;
    /** What has no end since the last whole line, and where the first of that is. */
    private final List<byte[]> torn = new ArrayList<>();

    private String tornFile = "";
    private long tornLine;
    private final List<String> notes = new ArrayList<>();

    LogWalk(LogFiles files, Chain chain, Optional<Head> kept) {
        this.files = files;
        this.chain = chain;
        this.kept = kept;
    }

    Result walk() throws IOException {
        // Before the lines: what is written meanwhile makes the log longer than this, never shorter.
        byte[] head = headBytes();
        NavigableSet<Integer> older = files.older();
        while (true) {
            try (LineReader current = LineReader.of(files.current())) {
                // Else the current file became an older one in between.
                NavigableSet<Integer> now = files.older();
                if (now.equals(older)) return walk(older, current, head);
                older = now;
            }
        }
    }

    /** Again if it is no head: it may just be written over. */
    private byte[] headBytes() throws IOException {
        byte[] bytes = HeadFile.read(files.head());
        for (int tries = 1; tries < MOST_TRIES && HeadFile.head(bytes, chain).isEmpty(); tries++) {
            bytes = HeadFile.read(files.head());
        }
        return bytes;
    }

    private Result walk(NavigableSet<Integer> older, LineReader current, byte[] headBytes) throws IOException {
        Optional<Head> head = HeadFile.head(headBytes, chain);
        int segment = 1;
        for (int number : older) {
            Path path = files.older(segment);
            if (number != segment) return new Broken(LogFiles.name(path), 0, 0, "is missing");
            try (LineReader lines = LineReader.of(path)) {
                Optional<Broken> wrong = file(LogFiles.name(path), lines, segment, head);
                if (wrong.isEmpty() && line == 0) wrong = broken(0, 0, "is empty");
                if (wrong.isPresent()) return wrong.get();
            }
            segment++;
        }
        Optional<Broken> wrong = file(LogFiles.name(files.current()), current, segment, head);
        if (wrong.isEmpty()) wrong = end(headBytes, head);
        if (wrong.isPresent()) return wrong.get();
        return new Intact(at, notes);
    }

    private Optional<Broken> file(String name, LineReader lines, int segment, Optional<Head> head) throws IOException {
        file = name;
        line = 0;
        while (true) {
            Found found = lines.next();
            if (found == Found.END) return Optional.empty();
            line++;
            if (found == Found.TOO_LONG) return broken("is longer than any line of a log");
            if (found == Found.TORN) return tear(Arrays.copyOf(lines.line(), lines.length()));
            Optional<Broken> wrong = line(lines.line(), lines.length(), segment);
            if (wrong.isEmpty()) wrong = named(head, "its head").or(() -> named(kept, "the head that was kept"));
            if (wrong.isPresent()) return wrong;
        }
    }

    private Optional<Broken> tear(byte[] part) {
        if (torn.isEmpty()) {
            tornFile = file;
            tornLine = line;
        }
        torn.add(part);
        long bytes = torn.stream().mapToLong(each -> each.length).sum();
        return bytes > MOST_TORN ? broken("has no end, nor have many before it") : Optional.empty();
    }

    private Optional<Broken> line(byte[] bytes, int length, int segment) {
        Optional<Link> link = Link.of(chain, bytes, length);
        if (link.isEmpty()) return broken(changed(bytes, length));
        if (!link.get().follows(at)) return torn.isEmpty() ? broken(misplaced(link.get())) : unannounced();

        Optional<Opened> opened = Opened.of(bytes, length);
        Torn announced =
                opened.filter(o -> o.why() == Why.TORN).map(Opened::torn).orElse(Torn.NOTHING);
        if (!announced.equals(Torn.of(torn))) {
            return torn.isEmpty() ? broken("tells of a line without an end before it, which is gone") : unannounced();
        }
        if (!torn.isEmpty())
            notes.add("torn line after a crash at the end of " + tornFile + "; the log goes on and says so");
        torn.clear();
        if (line == 1 && opened.map(Opened::segment).orElse(0) != segment) {
            return broken("is not how file " + segment + " of a log begins");
        }
        at = link.get().head();
        return Optional.empty();
    }

    private String changed(byte[] bytes, int length) {
        if (at.lines() > 0) return "was changed";
        String kind = Opened.kind(bytes, length);
        if (chain.kind().equals(Chain.KEYED) && kind.equals(Chain.PLAIN)) {
            return "the log was written without a key: anybody could have written it";
        }
        if (chain.kind().equals(Chain.PLAIN) && kind.equals(Chain.KEYED)) {
            return "the log was written with a key, and is verified with that alone";
        }
        return chain.kind().equals(Chain.KEYED) ? "was changed, or the key is not the log's" : "was changed";
    }

    private String misplaced(Link link) {
        long due = at.lines() + 1;
        if (link.seq() > due) return "has seq " + link.seq() + ": lines before it were removed, or lines were moved";
        if (link.seq() < due) return "has seq " + link.seq() + ": it was put in, or lines were moved";
        return "does not continue the line before: one of the two was changed or put in";
    }

    private Optional<Broken> unannounced() {
        String problem = "has no end, and the log does not go on with what a crash left: it was changed or cut off";
        return Optional.of(new Broken(tornFile, tornLine, at.lines() + 1, problem));
    }

    /** The line just read, against a head that names it. */
    private Optional<Broken> named(Optional<Head> head, String whose) {
        boolean other = head.isPresent()
                && head.get().lines() == at.lines()
                && !head.get().equals(at);
        return other ? broken(line, at.lines(), "is not the line that " + whose + " names") : Optional.empty();
    }

    private Optional<Broken> end(byte[] headBytes, Optional<Head> head) throws IOException {
        String headName = LogFiles.name(files.head());
        if (headBytes.length == 0) return Optional.of(new Broken(headName, 0, 0, "is missing"));
        if (head.isEmpty()) {
            String key = chain.kind().equals(Chain.KEYED) ? ", or is of another key" : "";
            return Optional.of(new Broken(headName, 0, 0, "was changed" + key));
        }
        Optional<Broken> cut =
                cutOff(head.get(), "its head").or(() -> kept.flatMap(k -> cutOff(k, "the head that was kept")));
        if (cut.isPresent()) return cut;
        long past = at.lines() - head.get().lines();
        // A log that is being written to has moved its head meanwhile.
        if (past > 0)
            past = at.lines()
                    - HeadFile.head(headBytes(), chain).orElse(head.get()).lines();
        if (past > (torn.isEmpty() ? 1 : 0)) {
            String problem = "names line " + (at.lines() - past) + " of " + at.lines()
                    + ": it is an old one, or lines were added";
            return Optional.of(new Broken(headName, 0, 0, problem));
        }
        if (past == 1) notes.add("one line past its head: whoever wrote it was stopped in between");
        if (!torn.isEmpty()) notes.add("torn last line after a crash, in " + tornFile + ": it was not yet recorded");
        return Optional.empty();
    }

    private Optional<Broken> cutOff(Head head, String whose) {
        if (head.lines() <= at.lines()) return Optional.empty();
        long due = at.lines() + 1;
        String problem = "is cut off: " + whose + " says " + head.lines() + " lines";
        return torn.isEmpty()
                ? broken(line + 1, due, problem)
                : Optional.of(new Broken(tornFile, tornLine, due, problem));
    }

    private Optional<Broken> broken(String problem) {
        return broken(line, at.lines() + 1, problem);
    }

    private Optional<Broken> broken(long line, long seq, String problem) {
        return Optional.of(new Broken(file, line, seq, problem));
    }
}
