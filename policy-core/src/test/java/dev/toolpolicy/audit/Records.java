package dev.toolpolicy.audit;

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
import dev.toolpolicy.spi.AuditedArguments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Records to write: plain ones, and one of every kind with the names that an attacker would choose. */
final class Records {
    static final Instant TIME = Instant.parse("2026-01-02T03:04:05.678Z");
    static final byte[] KEY = "a key of the test's, 32 bytes ok".getBytes(java.nio.charset.StandardCharsets.UTF_8);
    static final byte[] OTHER_KEY =
            "another key, which is not the log's".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    /** What could end a line, hide a part of it, end a text, or is no character. */
    static final String HOSTILE =
            "a\r\nb\u001b[2Jc\u202Ed\u2028e\u007Ff\"g\\h\uD800i\uDC00j\uFFFFk\u0000l\",\"hash\":\"";

    private Records() {}

    /** The arguments of a test; nothing but their digest is made of the key. */
    record Args(List<String> names, int count, int bytes) implements AuditedArguments {
        @Override
        public String digest(byte[] key) {
            return "%064x".formatted(key.length);
        }
    }

    static Decided plain(long number) {
        return decided("d-" + number, new Args(List.of("amount", "to"), 2, 40));
    }

    static Decided ofBytes(int bytes) {
        return decided("large", new Args(List.of("note"), 1, bytes));
    }

    static Decided decided(String id, AuditedArguments arguments) {
        return new Decided(
                TIME.plusMillis(id.length()),
                id,
                false,
                Outcome.ALLOW,
                "",
                "/tools/pay",
                new Caller("alice-laptop", Optional.of("s-1")),
                "pay",
                arguments,
                "5f2c",
                List.of(new Charged("/tools/pay/limits/0", "spend")),
                Optional.empty(),
                "",
                Duration.ofNanos(12_345));
    }

    static List<AuditRecord> ofEveryKind(String text) {
        Caller caller = new Caller(text, Optional.of(text));
        return List.of(
                plain(1),
                new Decided(
                        TIME,
                        text,
                        true,
                        Outcome.RATE_LIMITED,
                        text,
                        text,
                        caller,
                        text,
                        new Args(List.of(text, ""), 2, 1 << 20),
                        text,
                        List.of(new Charged(text, text), new Charged("r", "c")),
                        Optional.of(new Spent(
                                text, new BigDecimal("1E+3"), new BigDecimal("0.50"), Duration.ofSeconds(42))),
                        text,
                        Duration.ofSeconds(Long.MAX_VALUE)),
                new Decided(
                        TIME,
                        "d-3",
                        false,
                        Outcome.DENY,
                        "NO_POLICY",
                        "",
                        new Caller("bob", Optional.empty()),
                        "t",
                        new Args(List.of(), 0, 2),
                        "",
                        List.of(),
                        Optional.empty(),
                        "",
                        Duration.ZERO),
                new Malformed(TIME, text, Optional.of(caller), text, text),
                new Malformed(Instant.EPOCH, "m-2", Optional.empty(), "", "the name is empty"),
                new Approval(
                        TIME, ApprovalEvent.Kind.ASKED, text, caller, text, List.of(text, "r-2"), Instant.MAX, "", ""),
                new Approval(TIME, ApprovalEvent.Kind.REJECTED, "q-1", caller, "t", List.of(), TIME, text, text),
                new Reload(TIME, false, "policy.json", "5f2c", List.of()),
                new Reload(TIME, true, text, "", List.of(text, "two")),
                new Run(TIME, text, Result.SETTLED, text),
                new Run(TIME, "d-1", Result.DONE, ""),
                new Lost(TIME, Long.MAX_VALUE));
    }
}
