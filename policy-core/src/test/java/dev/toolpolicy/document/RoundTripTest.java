package dev.toolpolicy.document;

import static dev.toolpolicy.document.ParserLaws.PARSER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Policy;
import dev.toolpolicy.document.OneLeafChanged.Change;
import dev.toolpolicy.document.ParseResult.Parsed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What a policy says is all that counts: not how it is written, and nothing of it is lost. */
class RoundTripTest {
    private static final int SEEDS = 5_000;
    private static final int CHANGES_PER_SEED = 3;
    private static final int SEEDS_WITH_ALL_CHANGES = 40;
    private static final Set<String> RULE_LISTS = Set.of("require", "deny_if", "require_approval_if");
    /** JSON in which a key means what it likes. */
    private static final Set<String> NOT_OURS = Set.of("arguments_schema", "when");

    private static final Set<String> LABELS = Set.of("id", "description", "on_deny", "reason", "conditions");

    @Test
    void samePolicyComesOfEverySpellingAndOfWhatIsPrinted() {
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, Object> document = RandomPolicies.policy(seed);
            Policy policy = parsed(JsonSpelling.of(document, random), seed);
            Policy again = parsed(JsonSpelling.of(inLongForm(document), random), seed);
            assertThat(again).as("seed %d", seed).isEqualTo(policy);
            assertThat(again.digest()).as("seed %d", seed).isEqualTo(policy.digest());
            ParserLaws.assertSurvivesPrinting(policy);
        }
    }

    @Test
    void anotherPolicyComesOfAnyChangeThatMeansSomething() {
        int accepted = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Map<String, Object> document = RandomPolicies.policy(seed);
            Policy policy = parsed(JsonSpelling.of(document, random), seed);
            for (Change change : some(OneLeafChanged.of(document), seed, random)) {
                ParseResult result = PARSER.parse(JsonSpelling.of(change.document(), random));
                if (!(result instanceof Parsed parsed)) continue;
                accepted++;
                String what = "seed " + seed + ", " + change.place();
                assertThat(parsed.policy().equals(policy)).as(what).isEqualTo(change.sameMeaning());
                assertThat(parsed.policy().digest().equals(policy.digest()))
                        .as(what)
                        .isEqualTo(change.sameMeaning());
            }
        }
        // Most changes leave a good document: else this would say little.
        assertThat(accepted).isGreaterThan(SEEDS * CHANGES_PER_SEED / 2);
    }

    private static List<Change> some(List<Change> changes, long seed, SplittableRandom random) {
        if (seed < SEEDS_WITH_ALL_CHANGES || changes.size() <= CHANGES_PER_SEED) return changes;
        return random.ints(CHANGES_PER_SEED, 0, changes.size())
                .mapToObj(changes::get)
                .toList();
    }

    private static Policy parsed(String document, long seed) {
        ParseResult result = PARSER.parse(document);
        // The result prints as its report.
        assertThat(result).as("seed %d", seed).isInstanceOf(Parsed.class);
        return result.orThrow();
    }

    /** The document with each condition that stands beside a rule's text put into the list {@code conditions}. */
    private static Object inLongForm(Object value) {
        if (value instanceof List<?> list)
            return list.stream().map(RoundTripTest::inLongForm).toList();
        if (!(value instanceof Map<?, ?> map)) return value;
        Map<Object, Object> copy = new LinkedHashMap<>();
        map.forEach((key, member) -> {
            if (RULE_LISTS.contains(key) && member instanceof List<?> rules)
                copy.put(key, rules.stream().map(RoundTripTest::longRule).toList());
            else copy.put(key, NOT_OURS.contains(key) ? member : inLongForm(member));
        });
        return copy;
    }

    private static Object longRule(Object rule) {
        Map<Object, Object> labels = new LinkedHashMap<>((Map<?, ?>) rule);
        if (labels.containsKey("conditions")) return rule;
        Map<Object, Object> condition = new LinkedHashMap<>(labels);
        condition.keySet().removeAll(LABELS);
        labels.keySet().retainAll(LABELS);
        labels.put("conditions", new ArrayList<>(List.of(condition)));
        return labels;
    }
}
