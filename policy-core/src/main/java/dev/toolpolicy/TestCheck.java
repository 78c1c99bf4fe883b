package dev.toolpolicy;

import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A test, compiled: follows its path into the call, and has the operator judge what is there. */
final class TestCheck implements Check {
    private final Test test;
    private final CallPath.Root root;
    private final CallPath.Step[] steps;
    /**
     * The one step of most paths, to an argument or to an attribute: taken without a walk. Interned, so that all tests of a policy
     * share it, and with it what processors keep near; a host that writes names out has the same text.
     */
    private final @Nullable String argument;

    private final @Nullable String attribute;
    private final Judge judge;
    private final boolean everyElement;
    private final Stance stance;
    /** What the test says where nothing is there. */
    private final Verdict absent;

    private TestCheck(Test test, Judge judge, Stance stance, Verdict absent) {
        this.test = test;
        this.root = test.path().root();
        this.steps = test.path().steps().toArray(CallPath.Step[]::new);
        this.argument = only(test.path(), CallPath.Root.ARGS);
        this.attribute = only(test.path(), CallPath.Root.IDENTITY);
        this.judge = judge;
        this.everyElement = test.path().everyElement();
        this.stance = stance;
        this.absent = absent;
    }

    static TestCheck of(Test test, Stance stance) {
        return new TestCheck(test, Judges.of(test, stance), stance, absent(test));
    }

    private static @Nullable String only(CallPath path, CallPath.Root root) {
        boolean single = path.root() == root && path.steps().size() == 1;
        return single && path.steps().get(0) instanceof CallPath.Key key
                ? key.name().intern()
                : null;
    }

    private static Verdict absent(Test test) {
        // Whether something is there is what `exists` judges, so that nothing is ever missing to it.
        if (test.operator() == Operator.EXISTS) return Verdict.of(test.operand().equals(new Value(false)));
        if (test.ifMissing() == IfMissing.UNSAID) return Verdict.MISSING;
        return Verdict.of(test.ifMissing() == IfMissing.TRUE);
    }

    Test test() {
        return test;
    }

    @Override
    public List<TestCheck> tests() {
        return List.of(this);
    }

    @Override
    public Verdict judge(ToolCall call) {
        if (argument != null) {
            Map<String, @Nullable Object> arguments = call.arguments();
            Object value = arguments.get(argument);
            if (value == null && !arguments.containsKey(argument)) return absent;
            return judge.judge(value, call);
        }
        if (attribute != null) {
            Object value = call.identity().value(attribute);
            return value == null ? absent : judge.judge(value, call);
        }
        if (root == CallPath.Root.TOOL) return judge.judge(call.tool(), call);
        Object from = call.arguments();
        int first = 0;
        if (root == CallPath.Root.IDENTITY) {
            from = call.identity().value(((CallPath.Key) steps[0]).name());
            if (from == null) return absent;
            first = 1;
        }
        if (!everyElement) return follow(from, first, judge, call);
        if (judge.mostCharacters() < Long.MAX_VALUE && characters(from, first) > judge.mostCharacters()) {
            return Verdict.UNDECIDABLE;
        }
        return follow(from, first, judge.forElementsOf(call), call);
    }

    /** How much text lies at the ends of the path; of each its end counts too, where even an empty one is work. */
    private long characters(@Nullable Object from, int step) {
        if (step == steps.length) return from instanceof String text ? text.length() + 1 : 0;
        if (steps[step] instanceof CallPath.Key key) {
            return from instanceof Map<?, ?> members ? characters(members.get(key.name()), step + 1) : 0;
        }
        if (!(from instanceof List<?> elements)) return 0;
        if (steps[step] instanceof CallPath.Index index) {
            return index.index() < elements.size() ? characters(elements.get(index.index()), step + 1) : 0;
        }
        long characters = 0;
        for (int i = 0; i < elements.size(); i++) characters += characters(elements.get(i), step + 1);
        return characters;
    }

    private Verdict follow(@Nullable Object from, int first, Judge judge, ToolCall call) {
        Object value = from;
        for (int i = first; i < steps.length; i++) {
            CallPath.Step step = steps[i];
            if (step instanceof CallPath.Key key) {
                if (!(value instanceof Map<?, ?> members)) return Verdict.UNDECIDABLE;
                value = members.get(key.name());
                if (value == null && !members.containsKey(key.name())) return absent;
                continue;
            }
            if (!(value instanceof List<?> elements)) return Verdict.UNDECIDABLE;
            if (step == CallPath.Each.EACH) return followEach(elements, i + 1, judge, call);
            int index = ((CallPath.Index) step).index();
            if (index >= elements.size()) return absent;
            value = elements.get(index);
        }
        return judge.judge(value, call);
    }

    private Verdict followEach(List<?> elements, int next, Judge judge, ToolCall call) {
        if (elements.isEmpty()) return absent;
        Verdict verdict = stance.beforeElements();
        for (int i = 0; i < elements.size(); i++) {
            verdict = stance.withElement(verdict, follow(elements.get(i), next, judge, call));
        }
        return verdict;
    }

    /** Where a path that leads to one value leads; {@link #NOTHING} if it leads nowhere. */
    static @Nullable Object lookUp(CallPath path, ToolCall call) {
        Object value = call.arguments();
        int first = 0;
        if (path.root() == CallPath.Root.TOOL) return call.tool();
        if (path.root() == CallPath.Root.IDENTITY) {
            value = call.identity().value(((CallPath.Key) path.steps().get(0)).name());
            if (value == null) return NOTHING;
            first = 1;
        }
        for (int i = first; i < path.steps().size(); i++) {
            value = step(value, path.steps().get(i));
            if (value == NOTHING) return NOTHING;
        }
        return value;
    }

    /** Stands for the end of a path that leads nowhere; null is a value. */
    static final Object NOTHING = new Object();

    private static @Nullable Object step(@Nullable Object value, CallPath.Step step) {
        if (step instanceof CallPath.Key key && value instanceof Map<?, ?> members) {
            Object member = members.get(key.name());
            return member == null && !members.containsKey(key.name()) ? NOTHING : member;
        }
        if (step instanceof CallPath.Index index && value instanceof List<?> elements) {
            return index.index() < elements.size() ? elements.get(index.index()) : NOTHING;
        }
        return NOTHING;
    }
}
