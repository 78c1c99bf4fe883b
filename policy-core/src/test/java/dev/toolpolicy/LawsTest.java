package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Reference.Answer;
import dev.toolpolicy.Reference.Call;
import dev.toolpolicy.Reference.Said;
import dev.toolpolicy.document.PolicyParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is true of every policy and every call, over the policies and calls that {@link Draw} gives. */
class LawsTest {
    private static final int POLICIES = 250;
    private static final int CALLS = 80;

    /** A document made from another by changing it in place; false where there is nothing to change. */
    private interface Change {
        boolean apply(Map<String, Object> document, Draw draw);
    }

    @Test
    void whatNoEntryMatchesIsDeniedUnderDefaultDeny() {
        AtomicLong looked = new AtomicLong();
        samples(1).forEach(sample -> {
            Map<String, Object> document = Changed.copy(sample.document);
            document.put("default", "deny");
            Evaluator evaluator = Sample.evaluator(document).orElseThrow();
            for (int i = 0; i < CALLS; i++) {
                Call call = sample.call();
                if (Reference.object(document, "tools").keySet().stream()
                        .anyMatch(entry -> NaiveNames.matches(entry, call.tool()))) continue;
                looked.incrementAndGet();
                assertThat(sample.asked(evaluator, call).kind()).isEqualTo("DENY");
            }
        });
        assertThat(looked.get()).isGreaterThan(2_000);
    }

    @Test
    void anAddedRequireOrDenyIfNeverOpensACall() {
        AtomicLong closed = changing(2, Changed::addARule, LawsTest::neverOpens);
        assertThat(closed.get()).as("calls closed").isGreaterThan(500);
    }

    @Test
    void rulesOfAllToolsAndOfGroupsOnlyRestrict() {
        Change without = (document, draw) -> document.keySet().removeAll(List.of("all_tools", "groups"));
        AtomicLong opened = changing(3, without, (with, bare) -> neverOpens(bare, with));
        assertThat(opened.get()).as("calls opened by their absence").isGreaterThan(100);
    }

    @Test
    void anAddedHidePatternOnlyRestricts() {
        AtomicLong closed = changing(
                4,
                (document, draw) -> {
                    List<Object> hide = new ArrayList<>(Reference.<Object>list(document, "hide"));
                    hide.add(draw.pick(draw.chance(50) ? Alphabet.TOOLS : Alphabet.TOOL_PATTERNS));
                    document.put("hide", hide);
                    return true;
                },
                LawsTest::neverOpens);
        assertThat(closed.get()).as("calls closed").isGreaterThan(500);
    }

    @Test
    void anUnrelatedToolChangesNothing() {
        changing(
                5,
                (document, draw) -> {
                    Map<String, Object> other = Reference.object(draw.document(), "tools").values().stream()
                            .findFirst()
                            .map(Changed::tree)
                            .orElseGet(Map::of);
                    Map<String, Object> tools = new LinkedHashMap<>();
                    int place = draw.below(5);
                    for (Map.Entry<String, Object> entry :
                            Reference.object(document, "tools").entrySet()) {
                        if (place-- == 0) tools.put(draw.pick(List.of("zq", "zq*")), Changed.withoutIds(other));
                        tools.put(entry.getKey(), entry.getValue());
                    }
                    document.put("tools", tools);
                    tools.putIfAbsent("ZQ", Changed.withoutIds(other));
                    return true;
                },
                Answer::equals);
    }

    @Test
    void orderChangesNeitherTheKindNorTheCode() {
        AtomicLong renamed = changing(
                6,
                (document, draw) -> {
                    Map<String, Object> shuffled = Changed.tree(Changed.shuffled("", document, draw));
                    document.clear();
                    document.putAll(shuffled);
                    return true;
                },
                LawsTest::sameKindAndCode);
        assertThat(renamed.get()).as("decisions with another rule").isGreaterThan(500);
    }

    @Test
    void whatIsWrittenTwiceIsSaidOnce() {
        changing(7, (document, draw) -> Changed.doubled(document), Answer::equals);
    }

    @Test
    void theCanonicalTextOfAPolicyDecidesTheSame() {
        samples(8).forEach(sample -> {
            Policy again = PolicyParser.standard().parse(sample.policy.toJson()).orThrow();
            compare(sample, sample.document, Sample.evaluator(again), LawsTest::sameKindAndCode, new AtomicLong());
        });
    }

    @Test
    void onlyWhatMatchesAToolsNameOrAlmostDecidesOfIt() {
        samples(9).limit(POLICIES / 2).forEach(sample -> {
            Map<String, Evaluator> slices = new LinkedHashMap<>();
            for (int i = 0; i < CALLS; i++) {
                Call call = sample.call();
                Evaluator slice = slices.computeIfAbsent(
                        call.tool(),
                        tool -> Sample.evaluator(Changed.slice(sample.document, tool))
                                .orElseThrow());
                Answer whole = sample.asked(call);
                assertThat(sample.asked(slice, call))
                        .as(() -> shown(sample, Changed.slice(sample.document, call.tool()), call))
                        .matches(part -> sameKindAndCode(whole, part), whole.toString());
            }
        });
    }

    /** Whatever kinds of test it is made of, in {@code require} and in {@code deny_if}. */
    @Test
    void aRuleThatCannotBeJudgedIsNeverAnAllow() {
        AtomicLong closed = new AtomicLong();
        samples(10).forEach(sample -> {
            Map<String, Object> document = Changed.copy(sample.document);
            String list = sample.draw.chance(50) ? "require" : "deny_if";
            Map<String, Object> rule = sample.draw.rule(list);
            Changed.add(document, "all_tools", list, rule, 0);
            Evaluator evaluator = Sample.evaluator(document).orElseThrow();
            for (int i = 0; i < CALLS; i++) {
                Call call = sample.call();
                if (NaiveConditions.rule(rule, call, list.equals("require")) != Said.UNDECIDABLE) continue;
                assertThat(sample.asked(evaluator, call).kind())
                        .as(() -> shown(sample, document, call))
                        .isEqualTo("DENY");
                if (sample.asked(call).kind().equals("ALLOW")) closed.incrementAndGet();
            }
        });
        assertThat(closed.get()).as("calls closed").isGreaterThan(500);
    }

    /**
     * An argument is taken away and something put in its place of which no test that reads it can say anything, be the test a
     * part of whatever: a call that was denied stays denied. (A test that is undecidable leaves its rule as it was, or makes it
     * undecidable too.)
     */
    @Test
    void anArgumentThatCannotBeJudgedOpensNothing() {
        AtomicLong stayed = new AtomicLong();
        List<Object> odd = List.of(true, 5L, "?", Map.of("?", List.of()), List.of(Map.of("?", 0L)));
        samples(11).forEach(sample -> {
            for (int i = 0; i < CALLS / 2; i++) {
                Call call = sample.call();
                if (!Set.of("REQUIREMENT_NOT_MET", "FORBIDDEN")
                        .contains(sample.asked(call).code())) continue;
                for (String key : Alphabet.KEYS) {
                    List<Map<String, Object>> readers = sample.tests.stream()
                            .filter(test -> reads(test.get("path"), key) || reads(test.get("value_from"), key))
                            .toList();
                    for (Object value : odd) {
                        Call other = new Call(call.who(), call.tool(), with(call.args(), key, value));
                        if (readers.isEmpty() || !readers.stream().allMatch(test -> undecidable(test, other))) continue;
                        assertThat(sample.asked(other).kind())
                                .as(() -> shown(sample, sample.document, other))
                                .isEqualTo("DENY");
                        stayed.incrementAndGet();
                    }
                }
            }
        });
        assertThat(stayed.get()).isGreaterThan(1_000);
    }

    @Test
    void nullIsAValueAndNotMissing() {
        Map<String, Object> absent = Map.of();
        Map<String, Object> isNull = with(Map.of(), "a", null);

        assertThat(allowed("require", "{'op': 'is', 'value': 'null'}", isNull)).isTrue();
        assertThat(allowed("require", "{'op': 'is', 'value': 'null'}", absent)).isFalse();
        assertThat(allowed("require", "{'op': 'eq', 'value': null}", isNull)).isTrue();
        assertThat(allowed("require", "{'op': 'eq', 'value': null}", absent)).isFalse();
        assertThat(allowed("require", "{'op': 'neq', 'value': null}", absent)).isFalse();
        assertThat(allowed("deny_if", "{'op': 'eq', 'value': 'x'}", isNull)).isFalse();
        assertThat(allowed("deny_if", "{'op': 'eq', 'value': 'x'}", absent)).isTrue();
    }

    @Test
    void existsTakesNullForAbsentAndIfMissingDoesNot() {
        Map<String, Object> absent = Map.of();
        Map<String, Object> isNull = with(Map.of(), "a", null);

        for (Map<String, Object> args : List.of(absent, isNull)) {
            assertThat(allowed("require", "{'op': 'exists', 'value': false}", args))
                    .isTrue();
            assertThat(allowed("require", "{'op': 'exists', 'value': true}", args))
                    .isFalse();
            assertThat(allowed("deny_if", "{'op': 'exists', 'value': false}", args))
                    .isFalse();
        }
        String orMissing = "{'op': 'eq', 'value': 'x', 'if_missing': true}";
        assertThat(allowed("require", orMissing, absent)).isTrue();
        assertThat(allowed("require", orMissing, isNull)).isFalse();
        assertThat(allowed("deny_if", orMissing, absent)).isFalse();
        assertThat(allowed("deny_if", "{'op': 'neq', 'value': null, 'if_missing': false}", isNull))
                .isTrue();
    }

    @Test
    void aNullIsOftenDeniedWhereItsAbsenceIsNot() {
        AtomicLong nullCloses = new AtomicLong();
        samples(12).forEach(sample -> {
            for (int i = 0; i < CALLS; i++) {
                Call call = sample.call();
                for (String key : Alphabet.KEYS) {
                    Map<String, Object> args = new LinkedHashMap<>(call.args());
                    args.remove(key);
                    Answer absent = sample.asked(new Call(call.who(), call.tool(), args));
                    Answer isNull = sample.asked(new Call(call.who(), call.tool(), with(args, key, null)));
                    if (opened(isNull, absent)) nullCloses.incrementAndGet();
                }
            }
        });
        assertThat(nullCloses.get()).isGreaterThan(500);
    }

    private static boolean neverOpens(Answer before, Answer after) {
        return !opened(before, after);
    }

    private static boolean sameKindAndCode(Answer before, Answer after) {
        return before.kind().equals(after.kind()) && before.code().equals(after.code());
    }

    private static boolean opened(Answer before, Answer after) {
        return before.kind().equals("DENY") && after.kind().equals("ALLOW");
    }

    private static Stream<Sample> samples(int law) {
        return LongStream.range(0, POLICIES).parallel().mapToObj(seed -> new Sample(law * 1_000_000L + seed));
    }

    /** Compares each policy with what the change makes of it; returns how many calls were answered otherwise. */
    private static AtomicLong changing(int law, Change change, BiPredicate<Answer, Answer> holds) {
        AtomicLong otherwise = new AtomicLong();
        AtomicLong changed = new AtomicLong();
        samples(law).forEach(sample -> {
            Map<String, Object> document = Changed.copy(sample.document);
            if (!change.apply(document, sample.draw)) return;
            Optional<Evaluator> evaluator = Sample.evaluator(document);
            if (evaluator.isEmpty()) return;
            changed.incrementAndGet();
            compare(sample, document, evaluator.get(), holds, otherwise);
        });
        assertThat(changed.get()).as("policies that could be changed").isGreaterThan(POLICIES / 3);
        return otherwise;
    }

    private static void compare(
            Sample sample,
            Map<String, Object> document,
            Evaluator evaluator,
            BiPredicate<Answer, Answer> holds,
            AtomicLong otherwise) {
        for (int i = 0; i < CALLS; i++) {
            Call call = sample.call();
            Answer before = sample.asked(call);
            Answer after = sample.asked(evaluator, call);
            if (!before.equals(after)) otherwise.incrementAndGet();
            assertThat(holds.test(before, after))
                    .as(() -> shown(sample, document, call) + "\nbefore " + before + "\nafter " + after + "\n")
                    .isTrue();
        }
    }

    private static String shown(Sample sample, Map<String, Object> document, Call call) {
        return sample.shown(call) + "changed " + PlainJson.write(document);
    }

    private static boolean reads(Object path, String key) {
        if (!(path instanceof String text)) return false;
        return text.equals("args") || text.startsWith("args." + key) || text.startsWith("args[\"" + key + "\"]");
    }

    private static boolean undecidable(Map<String, Object> test, Call call) {
        return NaiveConditions.says(test, call, true) == Said.UNDECIDABLE
                && NaiveConditions.says(test, call, false) == Said.UNDECIDABLE;
    }

    private static boolean allowed(String list, String test, Map<String, Object> args) {
        String rule = test.replace('\'', '"').replace("{", "{\"path\": \"args.a\", ");
        String document =
                "{\"version\": \"1\", \"default\": \"allow\", \"all_tools\": {\"" + list + "\": [" + rule + "]}}";
        Evaluator evaluator =
                Sample.evaluator(PolicyParser.standard().parse(document).orThrow());
        return evaluator.evaluate(ToolCall.of(Identity.of("g"), "t", args)).allowed();
    }

    private static Map<String, Object> with(Map<String, Object> args, String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(args);
        more.put(key, value);
        return more;
    }
}
