package dev.toolpolicy;

import dev.toolpolicy.Reference.Call;
import dev.toolpolicy.Reference.Part;
import dev.toolpolicy.Reference.Said;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Approvals for the reference evaluator: SPEC §7. */
final class NaiveQuestions {
    static final int PER_GRANT = 4;
    static final int IN_ALL = 7;
    static final Duration LIFE = Duration.ofMinutes(30);

    /** A rule that asks; {@code says} is what of it a question is bound to. */
    record Asking(String rule, List<Object> says) {}

    enum State {
        WAITING,
        APPROVED,
        REJECTED,
        USED
    }

    /** A question, and what has become of it. */
    static final class Asked {
        private final int number;
        private final String namespace;
        private final Call call;
        private final List<Asking> asking;
        private State state = State.WAITING;
        private Instant lapses;

        private Asked(int number, String namespace, Call call, List<Asking> asking, Instant lapses) {
            this.number = number;
            this.namespace = namespace;
            this.call = call;
            this.asking = asking;
            this.lapses = lapses;
        }

        /** The answer was used or not: whether its time was over before. */
        private boolean lapsed(Instant now) {
            return state != State.USED && !now.isBefore(lapses);
        }

        private boolean waits(Instant now) {
            return state == State.WAITING && !lapsed(now);
        }

        int number() {
            return number;
        }

        State state() {
            return state;
        }

        Instant lapses() {
            return lapses;
        }

        void use() {
            state = State.USED;
        }

        private boolean isAbout(String otherNamespace, Call other, List<Asking> asks) {
            return namespace.equals(otherNamespace)
                    && call.tool().equals(other.tool())
                    && NaiveOperators.same(withoutSession(call.who()), withoutSession(other.who()))
                    && NaiveOperators.same(call.args(), other.args())
                    && saysAll(asking, asks)
                    && saysAll(asks, asking);
        }
    }

    private final List<Asked> all = new ArrayList<>();

    /** The rules that ask, in document order. */
    static List<Asking> asking(List<Part> parts, Call call) {
        List<Asking> asking = new ArrayList<>();
        for (Part part : parts) {
            for (String key : part.rules().keySet()) {
                String pointer = part.pointer() + "/" + key;
                if (key.equals("action") && part.rules().get(key).equals("require_approval"))
                    asking.add(new Asking(pointer, says(List.of(), part.rules())));
                List<Map<String, Object>> rules =
                        key.equals("require_approval_if") ? Reference.list(part.rules(), key) : List.of();
                for (int i = 0; i < rules.size(); i++) {
                    if (NaiveConditions.rule(rules.get(i), call, false) == Said.FALSE) continue;
                    Object one = List.of(rules.get(i));
                    Object conditions = rules.get(i).getOrDefault("conditions", one);
                    asking.add(new Asking(
                            Reference.name(rules.get(i), pointer + "/" + i), says(conditions, rules.get(i))));
                }
            }
        }
        return asking;
    }

    /** What is asked of whom; neither its name nor its place, nor how a path is written. */
    private static List<Object> says(Object conditions, Map<String, Object> rule) {
        return List.of(plain(conditions), rule.getOrDefault("reason", ""));
    }

    private static Object plain(Object condition) {
        if (condition instanceof List<?> list)
            return list.stream().map(NaiveQuestions::plain).toList();
        Map<Object, Object> plain = new LinkedHashMap<>((Map<?, ?>) condition);
        plain.keySet().removeAll(List.of("id", "reason", "description"));
        plain.replaceAll((key, value) -> key.equals("path") || key.equals("value_from")
                ? NaiveConditions.steps((String) value).toString()
                : List.of("any_of", "all_of", "not").contains(key) ? plain(value) : value);
        return plain;
    }

    private static boolean saysAll(List<Asking> some, List<Asking> others) {
        return others.stream()
                .allMatch(other -> some.stream().anyMatch(one -> NaiveOperators.same(one.says(), other.says())));
    }

    private static Map<String, Object> withoutSession(Map<String, Object> who) {
        Map<String, Object> bound = new LinkedHashMap<>(who);
        bound.remove("session");
        return bound;
    }

    /** The question that this one is again; null if it is new. */
    Asked find(String namespace, Call call, List<Asking> asking, Instant now) {
        return all.stream()
                .filter(asked -> asked.state != State.USED && !asked.lapsed(now))
                .filter(asked -> asked.isAbout(namespace, call, asking))
                .findFirst()
                .orElse(null);
    }

    boolean areTooMany(Call call, Instant now) {
        List<Asked> waiting = all.stream().filter(asked -> asked.waits(now)).toList();
        long ofGrant = waiting.stream()
                .filter(asked -> asked.call.who().get("grant").equals(call.who().get("grant")))
                .count();
        return ofGrant >= PER_GRANT || waiting.size() >= IN_ALL;
    }

    Asked ask(String namespace, Call call, List<Asking> asking, Instant now) {
        Asked asked = new Asked(all.size(), namespace, call, asking, now.plus(LIFE));
        all.add(asked);
        return asked;
    }

    /** What comes of an answer: {@code ""}, or why it is refused. */
    String answer(int number, boolean yes, String who, Instant now) {
        Asked asked = all.get(number);
        if (asked.lapsed(now)) return "Lapsed";
        if (asked.state != State.WAITING) return "Settled";
        if (yes && who.equals(asked.call.who().get("grant"))) return "NotAllowed";
        asked.state = yes ? State.APPROVED : State.REJECTED;
        // What was refused stays refused for as long as a question lives.
        if (!yes) asked.lapses = now.plus(LIFE);
        return "";
    }

    Instant lapses(int number) {
        return all.get(number).lapses;
    }

    /** How many approvals have let a call pass. */
    long used() {
        return all.stream().filter(asked -> asked.state == State.USED).count();
    }

    /** The numbers of all that wait for an answer. */
    List<Integer> waiting(Instant now) {
        return all.stream().filter(asked -> asked.waits(now)).map(Asked::number).toList();
    }
}
