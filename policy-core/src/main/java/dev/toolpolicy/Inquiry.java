package dev.toolpolicy;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Question.Asking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The rules that ask a person about one call: however many they are, they are one question. */
final class Inquiry {
    /** As many texts as an agent is told at once. */
    private static final int MOST_TEXTS = 5;

    private static final int LONGEST_TEXT = 1_000;

    /** No rule asks. */
    static final Inquiry NOBODY = new Inquiry();

    private final List<CompiledRule> rules = new ArrayList<>(1);
    private @Nullable Deny failure;

    private Inquiry() {}

    static Inquiry of(CompiledTool tool, ToolCall call, Trace trace) {
        Inquiry inquiry = new Inquiry();
        for (Section part : tool.sections()) {
            if (part.asking().length == 0 || !part.applies(call)) continue;
            for (CompiledRule rule : part.asking()) {
                if (inquiry.failure == null) inquiry.judge(rule, call, trace);
                else trace.notReached(rule, call);
            }
        }
        return inquiry;
    }

    private void judge(CompiledRule rule, ToolCall call, Trace trace) {
        try {
            Verdict verdict = rule.check().judge(call);
            trace.judged(rule, verdict, call);
            if (rule.kind().stops(verdict)) rules.add(rule);
        } catch (Throwable e) {
            trace.failed(e);
            trace.notReached(rule, call);
            failure = rule.failed();
        }
    }

    /** What is said because a rule could not be judged; null if all could. */
    @Nullable
    Deny failure() {
        return failure;
    }

    /** Whether nobody has to be asked. */
    boolean isEmpty() {
        return rules.isEmpty() && failure == null;
    }

    /** The question, bound to all that a person judges by. */
    Question question(String namespace, ToolCall call) {
        Identity who = call.identity();
        List<Asking> asking =
                rules.stream().map(rule -> new Asking(rule.name(), rule.text())).toList();
        Asker asker = new Asker(who.grant(), who.session(), who.attributes());
        return new Question(key(namespace, call), namespace, asker, call.tool(), call.argumentsJson(), asking);
    }

    private String key(String namespace, ToolCall call) {
        StringBuilder bound = new StringBuilder();
        add(bound, namespace);
        add(bound, call.identity().grant());
        add(bound, Json.canonical(call.identity().attributes()));
        add(bound, call.tool());
        add(bound, call.digest());
        // Said twice is said once, and where it was said does not matter.
        rules.stream().map(CompiledRule::says).distinct().sorted().forEach(says -> add(bound, says));
        return Digests.sha256(bound.toString());
    }

    /** The length tells where a text ends, whatever it holds. */
    private static void add(StringBuilder bound, String text) {
        bound.append(text.length()).append(':').append(text);
    }

    NeedsApproval waits(String id, Instant lapses) {
        return new NeedsApproval(rules.get(0).name(), id, text(), lapses);
    }

    private String text() {
        List<String> texts = rules.stream().map(CompiledRule::text).distinct().toList();
        if (texts.size() == 1) return texts.get(0);
        String told = texts.stream().limit(MOST_TEXTS).collect(Collectors.joining("; "));
        String more = texts.size() <= MOST_TEXTS ? "" : "; and " + (texts.size() - MOST_TEXTS) + " more";
        return Json.shown(told, LONGEST_TEXT) + more;
    }

    Deny rejected() {
        return rules.get(0).stopped();
    }

    Deny tooMany() {
        return CompiledPolicy.deny(Reason.Code.TOO_MANY_QUESTIONS, rules.get(0).name(), Sentences.TOO_MANY_QUESTIONS);
    }
}
