package dev.toolpolicy.audit;

import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Approval;
import dev.toolpolicy.spi.AuditRecord.Caller;
import dev.toolpolicy.spi.AuditRecord.Charged;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Lost;
import dev.toolpolicy.spi.AuditRecord.Malformed;
import dev.toolpolicy.spi.AuditRecord.Reload;
import dev.toolpolicy.spi.AuditRecord.Run;
import dev.toolpolicy.spi.AuditRecord.Spent;
import dev.toolpolicy.spi.AuditedArguments;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fields of each record, in their order. What is empty is left out; what is long is cut, so that every line is bounded. */
final class RecordLine {
    private static final int LONGEST = 512;
    private static final int LONGEST_TOOL = 128;
    private static final int LONGEST_CALLER = 256;
    private static final int MOST_CHARGED = 64;
    private static final int MOST_LINES = 20;
    private static final int MOST_BITS = 1024;
    private static final Duration MOST_NANOS = Duration.ofNanos(Long.MAX_VALUE);

    private final LineBuffer line;

    RecordLine(LineBuffer line) {
        this.line = line;
    }

    void write(AuditRecord record, @Nullable ToldArguments arguments) {
        line.field("type", type(record), LONGEST);
        line.field("time", record.time().toString(), LONGEST);
        // No switch by type before Java 21; the interface is sealed, and a test writes every one of its records.
        if (record instanceof Decided decided) decided(decided, arguments);
        else if (record instanceof Malformed malformed) malformed(malformed);
        else if (record instanceof Approval approval) approval(approval);
        else if (record instanceof Reload reload) reload(reload);
        else if (record instanceof Run run) run(run);
        else if (record instanceof Lost lost) line.field("records", lost.records());
    }

    private static String type(AuditRecord record) {
        if (record instanceof Decided || record instanceof Malformed) return "decision";
        if (record instanceof Approval) return "approval";
        if (record instanceof Reload) return "reload";
        return record instanceof Run ? "run" : "lost";
    }

    private void decided(Decided record, @Nullable ToldArguments arguments) {
        text("id", record.id());
        if (record.shadow()) line.literal("shadow", "true");
        text("outcome", record.outcome().name());
        text("code", record.code());
        text("rule", record.rule());
        caller(record.caller());
        line.fieldIfAny("tool", record.tool(), LONGEST_TOOL);
        if (arguments != null) arguments(arguments);
        text("policy", record.policy());
        charged(record.charged());
        record.spent().ifPresent(this::spent);
        text("approval", record.approval());
        Duration took = record.took();
        line.field("took_ns", took.abs().compareTo(MOST_NANOS) < 0 ? took.toNanos() : Long.MAX_VALUE);
    }

    private void malformed(Malformed record) {
        text("id", record.id());
        text("outcome", AuditRecord.Outcome.DENY.name());
        text("code", "MALFORMED_CALL");
        record.caller().ifPresent(this::caller);
        line.fieldIfAny("tool", record.tool(), LONGEST_TOOL);
        text("why", record.why());
    }

    private void approval(Approval record) {
        text("kind", record.kind().name());
        text("id", record.id());
        caller(record.asker());
        line.fieldIfAny("tool", record.tool(), LONGEST_TOOL);
        texts("rules", record.rules());
        text("lapses", record.lapses().toString());
        text("who", record.who());
        text("why", record.why());
    }

    private void reload(Reload record) {
        if (record.shadow()) line.literal("shadow", "true");
        text("source", record.source());
        text("policy", record.policy());
        texts("problems", record.problems());
    }

    private void run(Run record) {
        text("decision", record.decision());
        text("result", record.result().name());
        text("counter", record.counter());
    }

    private void caller(Caller caller) {
        line.fieldIfAny("grant", caller.grant(), LONGEST_CALLER);
        Optional<String> session = caller.session();
        if (session.isPresent()) line.field("session", session.get(), LONGEST_CALLER);
    }

    private void arguments(ToldArguments arguments) {
        line.open("arguments", '{');
        if (!arguments.names().isEmpty()) {
            line.open("names", '[');
            for (String name : arguments.names()) line.item(name, AuditedArguments.LONGEST_NAME);
            line.close(']');
        }
        line.field("count", arguments.count());
        line.field("bytes", arguments.bytes());
        text("digest", arguments.digest());
        line.close('}');
    }

    private void charged(List<Charged> charged) {
        if (charged.isEmpty()) return;
        line.open("charged", '[');
        for (Charged limit : charged.subList(0, Math.min(MOST_CHARGED, charged.size()))) {
            line.openItem();
            text("rule", limit.rule());
            text("counter", limit.counter());
            line.close('}');
        }
        line.close(']');
        more("charged", charged.size() - MOST_CHARGED);
    }

    private void spent(Spent spent) {
        line.open("spent", '{');
        text("counter", spent.counter());
        number("max", spent.max());
        number("remaining", spent.remaining());
        text("retry_after", spent.retryAfter().toString());
        line.close('}');
    }

    private void texts(String name, List<String> texts) {
        if (texts.isEmpty()) return;
        line.open(name, '[');
        for (String text : texts.subList(0, Math.min(MOST_LINES, texts.size()))) line.item(text, LONGEST);
        line.close(']');
        more(name, texts.size() - MOST_LINES);
    }

    /** How many of a list are not told. */
    private void more(String name, int untold) {
        if (untold > 0) line.field("more_" + name, untold);
    }

    private void text(String name, String value) {
        line.fieldIfAny(name, value, LONGEST);
    }

    /** With its exponent, if it has one: written out, a short number may be long. */
    private void number(String name, BigDecimal value) {
        if (value.unscaledValue().bitLength() <= MOST_BITS) line.literal(name, value.toString());
        else line.field(name, "too long to tell", LONGEST);
    }
}
