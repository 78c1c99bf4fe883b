package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.toolpolicy.Choices;
import dev.toolpolicy.Fuzzing;
import dev.toolpolicy.audit.AuditVerifier.Head;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Approval;
import dev.toolpolicy.spi.AuditRecord.Caller;
import dev.toolpolicy.spi.AuditRecord.Charged;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Lost;
import dev.toolpolicy.spi.AuditRecord.Malformed;
import dev.toolpolicy.spi.AuditRecord.Outcome;
import dev.toolpolicy.spi.AuditRecord.Reload;
import dev.toolpolicy.spi.AuditRecord.Result;
import dev.toolpolicy.spi.AuditRecord.Run;
import dev.toolpolicy.spi.AuditRecord.Spent;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Any record: one line of printable ASCII, which the verifier takes for a line of the log and a reader of JSON for what was recorded. */
class AuditLineFuzz {
    private static final byte[] KEY = Records.KEY;

    @FuzzTest
    void anyRecordIsOneLineThatReadsBack(byte[] input) {
        Choices choices = new Choices(input);
        AuditRecord record = record(choices);
        Chain chain = Chain.keyed(KEY);
        byte[] line = Fuzzing.bounded(() -> line(record, chain));

        assertThat(line[line.length - 1]).isEqualTo((byte) '\n');
        String text = new String(line, 0, line.length - 1, US_ASCII);
        assertThat(text.chars().allMatch(c -> c >= ' ' && c <= '~')).isTrue();
        assertThat(text.length()).isLessThan(LineReader.LONGEST);
        assertThat(Link.of(chain, line, line.length - 1)).isPresent();
        JsonText read = JsonText.read(text, 1 << 24);
        assertThat(read.faults()).as(text).isEmpty();
        assertTells(record, (Map<?, ?>) read.value());
    }

    private static byte[] line(AuditRecord record, Chain chain) {
        ToldArguments arguments = record instanceof Decided decided ? ToldArguments.of(decided.arguments(), KEY) : null;
        LineBuffer line = new LineBuffer();
        Link.begin(line, Head.NONE);
        new RecordLine(line).write(record, arguments);
        line.end(chain.hash(line.bytes(), line.length()));
        return Arrays.copyOf(line.bytes(), line.length());
    }

    private static void assertTells(AuditRecord record, Map<?, ?> told) {
        assertThat(told.get("time")).isEqualTo(record.time().toString());
        if (record instanceof Malformed malformed) {
            assertText(told, "tool", malformed.tool(), 128);
            assertText(told, "why", malformed.why(), 512);
        } else if (record instanceof Decided decided) {
            assertText(told, "id", decided.id(), 512);
            assertText(told, "tool", decided.tool(), 128);
            assertText(told, "grant", decided.caller().grant(), 256);
            assertThat(told.get("outcome")).isEqualTo(decided.outcome().name());
            assertThat(told.containsKey("charged")).isEqualTo(!decided.charged().isEmpty());
        } else if (record instanceof Approval approval) {
            assertText(told, "who", approval.who(), 512);
        } else if (record instanceof Reload reload) {
            assertText(told, "source", reload.source(), 512);
        } else if (record instanceof Run run) {
            assertText(told, "decision", run.decision(), 512);
        } else if (record instanceof Lost lost) {
            assertThat(told.get("records")).isEqualTo(lost.records());
        }
    }

    /** What is kept of a text: no half of a pair that is cut, and a sign for one that never had another half. */
    private static void assertText(Map<?, ?> told, String name, String text, int most) {
        StringBuilder kept = new StringBuilder();
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (i > most) break;
            kept.appendCodePoint(Character.getType(c) == Character.SURROGATE ? 0xfffd : c);
        }
        assertThat(told.get(name)).isEqualTo(kept.isEmpty() ? null : kept.toString());
    }

    private static AuditRecord record(Choices choices) {
        Instant time = Instant.ofEpochSecond(choices.nextLong() % Instant.MAX.getEpochSecond(), choices.nextInt(256));
        Caller caller = new Caller(text(choices), maybe(choices, () -> text(choices)));
        return switch (choices.nextInt(6)) {
            case 0 -> new Malformed(time, text(choices), maybe(choices, () -> caller), text(choices), text(choices));
            case 1 ->
                new Approval(
                        time,
                        any(choices, ApprovalEvent.Kind.values()),
                        text(choices),
                        caller,
                        text(choices),
                        listOf(choices, () -> text(choices)),
                        time,
                        text(choices),
                        text(choices));
            case 2 ->
                new Reload(
                        time,
                        choices.nextBoolean(),
                        text(choices),
                        text(choices),
                        listOf(choices, () -> text(choices)));
            case 3 -> new Run(time, text(choices), any(choices, Result.values()), text(choices));
            case 4 -> new Lost(time, 1 + (choices.nextLong() & Long.MAX_VALUE >> 1));
            default -> decided(choices, time, caller);
        };
    }

    private static Decided decided(Choices choices, Instant time, Caller caller) {
        return new Decided(
                time,
                text(choices),
                choices.nextBoolean(),
                any(choices, Outcome.values()),
                text(choices),
                text(choices),
                caller,
                text(choices),
                new Records.Args(listOf(choices, () -> text(choices)), choices.nextInt(256), choices.nextInt(256)),
                text(choices),
                listOf(choices, () -> new Charged(text(choices), text(choices))),
                maybe(choices, () -> new Spent(text(choices), number(choices), number(choices), duration(choices))),
                text(choices),
                duration(choices));
    }

    /** As large as the reader of the test takes; no limit has a number that large. */
    private static BigDecimal number(Choices choices) {
        BigInteger digits = BigInteger.valueOf(choices.nextLong()).pow(choices.nextInt(25));
        return new BigDecimal(digits, choices.nextInt(801) - 400);
    }

    private static Duration duration(Choices choices) {
        return Duration.ofSeconds(choices.nextLong() >> choices.nextInt(64), choices.nextInt(256));
    }

    private static String text(Choices choices) {
        return choices.nextInt(16) == 0 ? choices.text(8).repeat(choices.nextInt(256)) : choices.text(24);
    }

    private static <T> Optional<T> maybe(Choices choices, Supplier<T> value) {
        return choices.nextBoolean() ? Optional.of(value.get()) : Optional.empty();
    }

    private static <T> T any(Choices choices, T[] values) {
        return values[choices.nextInt(values.length)];
    }

    private static <T> List<T> listOf(Choices choices, Supplier<T> element) {
        List<T> list = new ArrayList<>();
        for (int left = choices.nextInt(4); left > 0; left--) list.add(element.get());
        while (!list.isEmpty() && list.size() < 100 && choices.nextInt(32) == 0) list.addAll(List.copyOf(list));
        return list;
    }
}
