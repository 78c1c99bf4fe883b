package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.audit.AuditVerifier.Broken;
import dev.toolpolicy.audit.AuditVerifier.Head;
import dev.toolpolicy.audit.AuditVerifier.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No change to a log goes unseen, and the first line where it shows is named. */
class TamperingTest {
    private static final int LINES = 200;
    private static final int FEWER = 50;

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyBitOfEveryLineCounts(boolean keyed) {
        LogDir log = new LogDir(dir, keyed).written(LINES);
        Chain chain = log.chain();
        for (String text : log.lines()) {
            byte[] line = text.getBytes(ISO_8859_1);
            assertThat(Link.of(chain, line, line.length)).isPresent();
            for (int at = 0; at < line.length; at++) {
                for (int bit = 1; bit < 256; bit <<= 1) {
                    line[at] ^= (byte) bit;
                    if (Link.of(chain, line, line.length).isPresent()) {
                        assertThat(new String(line, ISO_8859_1))
                                .as("byte %s, bit %s", at, bit)
                                .isEmpty();
                    }
                    line[at] ^= (byte) bit;
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aChangedByteIsFoundInItsLine(boolean keyed) {
        LogDir log = new LogDir(dir, keyed).written(FEWER);
        String text = log.text();
        SplittableRandom random = new SplittableRandom(42);
        List<Integer> places =
                new ArrayList<>(random.ints(200, 0, text.length()).boxed().toList());
        for (int feed = text.indexOf('\n'); feed >= 0; feed = text.indexOf('\n', feed + 1)) places.add(feed);
        for (int at : places) {
            char other = (char) (text.charAt(at) ^ (1 << random.nextInt(8)));
            log.text(text.substring(0, at) + other + text.substring(at + 1));
            assertBrokenAt(
                    log, 1 + (int) text.chars().limit(at).filter(c -> c == '\n').count());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyLineThatIsRemovedIsMissed(boolean keyed) {
        LogDir log = new LogDir(dir, keyed).written(LINES);
        List<String> lines = log.lines();
        for (int i = 0; i < LINES; i++) {
            List<String> without = new ArrayList<>(lines);
            without.remove(i);
            log.write(without);
            assertBrokenAt(log, i + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void linesThatChangePlacesAreFoundAtTheFirst(boolean keyed) {
        LogDir log = new LogDir(dir, keyed).written(LINES);
        List<String> lines = log.lines();
        SplittableRandom random = new SplittableRandom(43);
        for (int i = 0; i < 2 * LINES; i++) {
            int one = i < LINES ? i % (LINES - 1) : random.nextInt(LINES - 1);
            int other = i < LINES ? one + 1 : random.nextInt(one + 1, LINES);
            List<String> swapped = new ArrayList<>(lines);
            Collections.swap(swapped, one, other);
            log.write(swapped);
            assertBrokenAt(log, one + 1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLineThatIsPutInIsFound(boolean keyed) throws IOException {
        LogDir log = new LogDir(dir, keyed).written(LINES);
        List<String> lines = log.lines();
        LogDir another = new LogDir(Files.createDirectory(dir.resolve("another")), keyed);
        try (JsonLinesAudit audit =
                another.builder().clock(() -> Records.TIME.plusSeconds(1)).open()) {
            for (int i = 2; i <= LINES + 1; i++) audit.record(Records.plain(-i));
        }
        String forged =
                "{\"seq\":1,\"prev\":\"" + "0".repeat(64) + "\",\"type\":\"run\",\"hash\":\"" + "0".repeat(64) + "\"}";
        for (int i = 1; i <= LINES; i++) {
            for (String more : List.of(lines.get(i - 1), another.lines().get(i), forged, "")) {
                List<String> longer = new ArrayList<>(lines);
                longer.add(i, more);
                log.write(longer);
                assertBrokenAt(log, i + 1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsCutOffTheEndIsMissed(boolean keyed) {
        LogDir log = new LogDir(dir, keyed).written(LINES);
        List<String> lines = log.lines();
        for (int kept = 0; kept < LINES; kept++) {
            log.text(kept == 0 ? "" : String.join("\n", lines.subList(0, kept)) + "\n");
            assertBrokenAt(log, kept + 1);
        }
        log.write(lines);
        String text = log.text();
        int last = text.lastIndexOf('\n', text.length() - 2) + 1;
        int beforeThat = text.lastIndexOf('\n', last - 2) + 1;
        for (int end = beforeThat; end < text.length(); end++) {
            log.text(text.substring(0, end));
            assertBrokenAt(log, end < last ? LINES - 1 : LINES);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHeadThatIsMissingChangedOrOldIsFound(boolean keyed) throws IOException {
        LogDir log = new LogDir(dir, keyed).written(LINES);
        byte[] old = log.head();
        log.written(3);
        byte[] head = log.head();
        for (int at = 0; at < head.length; at++) {
            byte[] changed = head.clone();
            changed[at] ^= 1;
            log.head(changed);
            assertThat(log.verify())
                    .as("byte %s", at)
                    .isInstanceOfSatisfying(
                            Broken.class, broken -> assertThat(broken.file()).isEqualTo("audit.jsonl.head"));
        }
        log.head(old);
        assertThat(log.verify().sentence())
                .isEqualTo("NOT OK: audit.jsonl.head: names line " + LINES + " of " + (LINES + 3)
                        + ": it is an old one, or lines were added");
        Files.delete(log.file(".head"));
        assertThat(log.verify().sentence()).isEqualTo("NOT OK: audit.jsonl.head: is missing");
    }

    @Test
    void withoutTheKeyNobodyWritesTheLogAnew() throws IOException {
        LogDir log = new LogDir(dir, true).written(LINES);
        LogDir forged = new LogDir(Files.createDirectory(dir.resolve("forged")), false);
        forged.written(LINES);
        for (String suffix : List.of("", ".head"))
            Files.write(log.file(suffix), Files.readAllBytes(forged.file(suffix)));
        assertThat(log.verify().sentence())
                .isEqualTo("NOT OK: audit.jsonl line 1 (seq 1): the log was written without a key:"
                        + " anybody could have written it");

        forged.deleteAll();
        try (JsonLinesAudit audit = forged.builder().key(Records.OTHER_KEY).open()) {
            audit.record(Records.plain(2));
        }
        for (String suffix : List.of("", ".head"))
            Files.write(log.file(suffix), Files.readAllBytes(forged.file(suffix)));
        assertThat(log.verify().sentence())
                .isEqualTo("NOT OK: audit.jsonl line 1 (seq 1): was changed, or the key is not the log's");
        assertThat(AuditVerifier.verify(log.log()).sentence())
                .isEqualTo("NOT OK: audit.jsonl line 1 (seq 1): the log was"
                        + " written with a key, and is verified with that alone");
    }

    @Test
    void withoutAKeyARewrittenLogIsNotFoundButByAHeadThatWasKept() throws IOException {
        LogDir log = new LogDir(dir, false).written(LINES);
        Head kept = Head.parse(((AuditVerifier.Intact) log.verify()).head().toString());
        LogDir forged = new LogDir(Files.createDirectory(dir.resolve("forged")), false);
        try (JsonLinesAudit audit = forged.builder().open()) {
            for (int i = 2; i <= LINES + 1; i++) audit.record(Records.plain(-i));
        }
        for (String suffix : List.of("", ".head"))
            Files.write(log.file(suffix), Files.readAllBytes(forged.file(suffix)));
        assertThat(log.verify().ok()).isTrue();
        assertThat(AuditVerifier.verify(log.log(), kept).sentence())
                .isEqualTo("NOT OK: audit.jsonl line 200 (seq 200): is not the line that the head that was kept names");
    }

    @Test
    void aLineThatWasForgedWithItsHashShowsInTheNext() {
        LogDir log = new LogDir(dir, false).written(LINES);
        List<String> lines = log.lines();
        for (int i : new int[] {1, 77, LINES - 1}) {
            List<String> forged = new ArrayList<>(lines);
            String line = lines.get(i - 1).replace("\"type\":\"", "\"type\":\"x");
            byte[] hashed = line.substring(0, line.indexOf(",\"hash\"")).getBytes(US_ASCII);
            forged.set(
                    i - 1,
                    new String(hashed, US_ASCII) + ",\"hash\":\""
                            + Chain.plain().hash(hashed, hashed.length) + "\"}");
            log.write(forged);
            assertBrokenAt(log, i == 1 ? 1 : i + 1);
        }
    }

    @Test
    void aLogThatIsPutBackWithItsHeadIsFoundByAHeadThatWasKept() {
        LogDir log = new LogDir(dir, true).written(LINES);
        String oldText = log.text();
        byte[] oldHead = log.head();
        Head early = ((AuditVerifier.Intact) log.verify()).head();
        log.written(10);
        Head kept = ((AuditVerifier.Intact) log.verify()).head();
        assertThat(AuditVerifier.verify(log.log(), Records.KEY, early).ok()).isTrue();
        assertThat(AuditVerifier.verify(log.log(), Records.KEY, kept).ok()).isTrue();
        log.text(oldText);
        log.head(oldHead);
        assertThat(log.verify().ok()).isTrue();
        assertThat(AuditVerifier.verify(log.log(), Records.KEY, kept).sentence())
                .isEqualTo("NOT OK: audit.jsonl line 201 (seq 201): is cut off: the head that was kept says 210 lines");
    }

    @Test
    void aLineWithoutAnEndThatFillsTheDiskIsNotReadIntoMemory() {
        LogDir log = new LogDir(dir, false).written(3);
        log.text(log.text() + "x".repeat(64 << 20));
        assertThat(log.verify().sentence())
                .isEqualTo("NOT OK: audit.jsonl line 4 (seq 4): is longer than any line of a log");
    }

    @Test
    void whereThereIsNoLogThereIsNoHead() {
        assertThat(new LogDir(dir, false).verify().sentence()).isEqualTo("NOT OK: audit.jsonl.head: is missing");
    }

    static void assertBrokenAt(LogDir log, int line) {
        Result result = log.verify();
        String place = "NOT OK: audit.jsonl line " + line + " (seq " + line + "): ";
        if (!result.sentence().startsWith(place)) assertThat(result.sentence()).startsWith(place);
    }
}
