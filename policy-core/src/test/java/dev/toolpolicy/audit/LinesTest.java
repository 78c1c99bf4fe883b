package dev.toolpolicy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Golden;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Caller;
import dev.toolpolicy.spi.AuditRecord.Charged;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Outcome;
import dev.toolpolicy.spi.AuditRecord.Reload;
import dev.toolpolicy.spi.AuditRecord.Spent;
import dev.toolpolicy.spi.AuditedArguments;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a line is, whatever is recorded. */
class LinesTest {
    private static final Path GOLDEN = Path.of("src/test/resources/audit");

    @TempDir
    Path dir;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyKindOfRecordIsOneLineWhateverNamesAreChosen(boolean keyed) {
        LogDir log = new LogDir(dir, keyed);
        try (JsonLinesAudit audit = log.builder().open()) {
            Records.ofEveryKind(Records.HOSTILE).forEach(audit::record);
        }
        Golden.assertMatches(GOLDEN.resolve(keyed ? "keyed.jsonl" : "plain.jsonl"), log.text());
        assertThat(log.lines()).hasSize(13).allMatch(line -> line.chars().allMatch(c -> c >= ' ' && c <= '~'));
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void everyKindOfRecordThatThereIsIsWritten() {
        assertThat(Records.ofEveryKind("x").stream().map(Object::getClass).distinct())
                .containsExactlyInAnyOrder(AuditRecord.class.getPermittedSubclasses());
    }

    @Test
    void aTextIsCutButNotWithinACharacter() {
        LogDir log = new LogDir(dir, false);
        String tool = "x".repeat(127) + "\uD83D\uDE00";
        try (JsonLinesAudit audit = log.builder().open()) {
            audit.record(new AuditRecord.Malformed(Records.TIME, "m", Optional.empty(), tool, "y".repeat(600)));
        }
        assertThat(log.lines().get(1))
                .contains("\"tool\":\"" + "x".repeat(127) + "\"")
                .contains("\"why\":\"" + "y".repeat(512) + "\"");
    }

    @Test
    void theLongestLineIsOneThatTheVerifierReads() {
        LogDir log = new LogDir(dir, true);
        String huge = "\u202E".repeat(1 << 16);
        List<String> names = Collections.nCopies(10_000, huge);
        BigDecimal number = new BigDecimal(BigInteger.TWO.pow(1 << 16));
        Decided largest = new Decided(
                Records.TIME,
                huge,
                true,
                Outcome.DENY,
                huge,
                huge,
                new Caller(huge, Optional.of(huge)),
                huge,
                new Records.Args(names, names.size(), 1 << 20),
                huge,
                Collections.nCopies(10_000, new Charged(huge, huge)),
                Optional.of(new Spent(huge, number, number, Duration.ZERO)),
                huge,
                Duration.ZERO);
        try (JsonLinesAudit audit = log.builder().open()) {
            audit.record(largest);
            audit.record(new Reload(Records.TIME, false, huge, huge, names));
        }
        assertThat(log.lines().get(1).length()).isBetween(400_000, LineReader.LONGEST / 2);
        assertThat(log.lines().get(1))
                .contains("\"more_charged\":9936", "\"max\":\"too long to tell\"", "\"count\":10000");
        assertThat(log.lines().get(2)).contains("\"more_problems\":9980");
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void whatTheArgumentsThrowIsThrownAndNothingIsWritten() {
        LogDir log = new LogDir(dir, false);
        IllegalStateException fault = new IllegalStateException("no digest");
        try (JsonLinesAudit audit = log.builder().open()) {
            String before = log.text();
            assertThatThrownBy(() -> audit.record(Records.decided("d", failing(fault))))
                    .isSameAs(fault);
            assertThat(log.text()).isEqualTo(before);
            audit.record(Records.plain(2));
        }
        assertThat(log.verify().ok()).isTrue();
    }

    private static AuditedArguments failing(RuntimeException fault) {
        return new AuditedArguments() {
            @Override
            public List<String> names() {
                return List.of();
            }

            @Override
            public int count() {
                return 0;
            }

            @Override
            public int bytes() {
                return 0;
            }

            @Override
            public String digest(byte[] key) {
                throw fault;
            }
        };
    }
}
