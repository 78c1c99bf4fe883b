package dev.toolpolicy;

import dev.toolpolicy.Reference.Answer;
import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.ParseResult.Rejected;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.document.Problem;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What one seed gives: a document, the evaluator of its policy, and as many calls as one likes to draw. */
final class Sample {
    /** What names and counters that were drawn may come to; anything else is a fault of {@link Draw}. */
    private static final Set<Problem.Code> BY_CHANCE =
            EnumSet.of(Problem.Code.PATTERN_TIE, Problem.Code.HIDDEN_AND_LISTED, Problem.Code.COUNTER_TWICE);

    private static final PolicyParser PARSER = PolicyParser.with(new TinySchema());

    final long seed;
    final Draw draw;
    final Map<String, Object> document;
    final Evaluator evaluator;
    final Policy policy;
    /** Every test in the document. */
    final List<Map<String, Object>> tests = new ArrayList<>();

    /** Who calls, and with what: made once, for many calls. */
    private final IdentityHashMap<Map<String, Object>, Identity> identities = new IdentityHashMap<>();

    private final IdentityHashMap<Map<String, Object>, String> texts = new IdentityHashMap<>();

    private final List<Map<String, Object>> whos;
    private final List<Map<String, Object>> arguments;

    Sample(long seed) {
        this(seed, new Draw(seed), 20, 100);
    }

    /** What a fuzzer draws: few calls, so that much of its input is the policy. */
    Sample(Draw draw, int callers, int calls) {
        this(0, draw, callers, calls);
    }

    private Sample(long seed, Draw draw, int callers, int calls) {
        this.seed = seed;
        this.draw = draw;
        Map<String, Object> drawn = draw.document();
        Optional<Policy> parsed = policy(drawn);
        while (parsed.isEmpty()) {
            drawn = draw.document();
            parsed = policy(drawn);
        }
        document = drawn;
        policy = parsed.get();
        evaluator = evaluator(policy);
        collectTests(document, tests);
        whos = Stream.generate(draw::who).limit(callers).toList();
        for (Map<String, Object> who : whos) identities.put(who, identity(who));
        arguments = Stream.generate(() -> draw.arguments(tests)).limit(calls).toList();
    }

    /** A call that may well meet what the document is about. */
    Reference.Call call() {
        return new Reference.Call(draw.pick(whos), draw.toolFor(document), draw.pick(arguments));
    }

    Answer asked(Reference.Call call) {
        return asked(evaluator, call);
    }

    /** What an evaluator says of a call. */
    Answer asked(Evaluator evaluator, Reference.Call call) {
        try {
            return answer(evaluator.evaluate(frozen(call)));
        } catch (MalformedCallException e) {
            return new Answer("DENY", "MALFORMED_CALL", "");
        }
    }

    /** The call as the library takes it; half of them as text. */
    ToolCall frozen(Reference.Call call) {
        Identity who = identities.get(call.who());
        return call.args().size() % 2 == 0
                ? ToolCall.of(who, call.tool(), call.args())
                : ToolCall.parse(who, call.tool(), texts.computeIfAbsent(call.args(), PlainJson::write));
    }

    static Answer answer(Decision decision) {
        return decision.match(
                allow -> new Answer("ALLOW", "", allow.rule()),
                deny -> new Answer("DENY", deny.reason().code().name(), deny.rule()),
                limited -> new Answer("RATE_LIMITED", "", limited.rule()),
                asks -> new Answer("NEEDS_APPROVAL", "", asks.rule()));
    }

    /** What a failure is told by. */
    String shown(Reference.Call call) {
        return "\nseed " + seed + "\npolicy " + PlainJson.write(document) + "\ncall " + call.tool() + " "
                + PlainJson.write(call.args()) + " by " + PlainJson.write(call.who()) + "\n";
    }

    static Identity identity(Map<String, Object> tree) {
        Identity who = Identity.of((String) tree.get("grant"));
        for (Map.Entry<String, Object> entry : tree.entrySet()) {
            if (entry.getKey().equals("session")) who = who.withSession((String) entry.getValue());
            else if (entry.getValue() instanceof List<?> values)
                who = who.with(
                        entry.getKey(), values.stream().map(String.class::cast).toList());
            else if (!entry.getKey().equals("grant")) who = who.with(entry.getKey(), (String) entry.getValue());
        }
        return who;
    }

    /** An evaluator of this document; empty if it is no policy by an accident of names. */
    static Optional<Evaluator> evaluator(Map<String, Object> document) {
        return policy(document).map(Sample::evaluator);
    }

    /** An evaluator that has this policy for everyone but {@code nobody}. */
    static Evaluator evaluator(Policy policy) {
        return Evaluator.builder(who -> who.grant().equals("nobody") ? Optional.empty() : Optional.of(policy))
                .build();
    }

    static Optional<Policy> policy(Map<String, Object> document) {
        ParseResult result = PARSER.parse(PlainJson.write(document));
        if (result instanceof Rejected rejected) {
            if (rejected.problems().stream().allMatch(problem -> BY_CHANCE.contains(problem.code())))
                return Optional.empty();
            throw new AssertionError(PlainJson.write(document) + "\n" + rejected);
        }
        return Optional.of(result.orThrow());
    }

    /** What the reference says of it. */
    static Answer expected(Map<String, Object> document, Reference.Call call) {
        return Reference.decide(call.who().get("grant").equals("nobody") ? null : document, call);
    }

    /** Every test in a document, however deep. */
    static void collectTests(Object node, List<Map<String, Object>> tests) {
        if (node instanceof List<?> list) list.forEach(element -> collectTests(element, tests));
        if (!(node instanceof Map<?, ?> object)) return;
        if (object.containsKey("op")) {
            Map<String, Object> test = new LinkedHashMap<>();
            object.forEach((key, value) -> test.put((String) key, value));
            tests.add(test);
        } else object.values().forEach(value -> collectTests(value, tests));
    }
}
