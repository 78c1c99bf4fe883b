package dev.toolpolicy.document;

import static dev.toolpolicy.document.ParserLaws.PARSER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.document.ParseResult.Rejected;
import dev.toolpolicy.document.Problem.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Parts of a document that name one counter are compared in one way where they are few, and looked up where they are many. */
class MeetingsTest {
    private static final int DOCUMENTS = 600;
    private static final List<String> NAMES = List.of("a1", "a2", "ab", "b1", "a*", "b*", "*b", "*2", "a*b", "aa*");
    private static final String SPEND =
            "\"limits\":[{\"counter\":\"spend\",\"window\":\"day\",\"max\":1,\"scope\":\"grant\"}]";

    @Test
    void aCounterIsFoundToBeChargedTwiceAmongManyAsAmongFew() {
        int twice = 0;
        for (int seed = 0; seed < DOCUMENTS; seed++) {
            String among = groups("z", seed % 3 == 0 ? 250 : 110);
            boolean few = isChargedTwice(document(seed, ""));
            assertThat(isChargedTwice(document(seed, among)))
                    .as("%s", document(seed, ""))
                    .isEqualTo(few);
            if (few) twice++;
        }
        assertThat(twice).isBetween(DOCUMENTS / 5, DOCUMENTS * 4 / 5);
    }

    /** Where they are not all looked up, because one of them meets so many others that charge other counters. */
    @Test
    void norDoesItMatterHowManyOthersOneOfThemMeets() {
        int twice = 0;
        for (int seed = 0; seed < DOCUMENTS / 20; seed++) {
            boolean few = isChargedTwice(document(seed, ""));
            String besides = IntStream.range(0, 210)
                    .mapToObj(i -> "{\"tools\":[\"" + NAMES.get(i % NAMES.size()) + "\"],"
                            + SPEND.replace("spend", "c" + i) + "}")
                    .collect(Collectors.joining(","));
            assertThat(isChargedTwice(document(seed, groups("z", 110) + "," + besides)))
                    .as("%s", document(seed, ""))
                    .isEqualTo(few);
            if (few) twice++;
        }
        assertThat(twice).isPositive();
    }

    private static String groups(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "{\"tools\":[\"" + prefix + i + "z\"]," + SPEND + "}")
                .collect(Collectors.joining(","));
    }

    /** Two to four parts that name the counter, and others that do not. */
    private static String document(int seed, String otherGroups) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> groups = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            String tools = IntStream.rangeClosed(0, random.nextInt(2))
                    .mapToObj(t -> "\"" + NAMES.get(random.nextInt(NAMES.size())) + "\"")
                    .distinct()
                    .collect(Collectors.joining(","));
            groups.add("{\"tools\":[" + tools + "]," + SPEND + "}");
        }
        if (!otherGroups.isEmpty()) groups.add(otherGroups);
        TreeSet<String> entries = new TreeSet<>();
        for (int i = random.nextInt(4); i > 0; i--) entries.add(NAMES.get(random.nextInt(NAMES.size())));
        String tools = entries.stream()
                .map(entry -> "\"" + entry + "\":{" + (random.nextBoolean() ? SPEND : "") + "}")
                .collect(Collectors.joining(","));
        String all = random.nextInt(20) == 0 ? "\"all_tools\":{" + SPEND + "}," : "";
        return "{\"version\":\"1\",\"default\":\"allow\"," + all + "\"groups\":[" + String.join(",", groups)
                + "],\"tools\":{" + tools + "}}";
    }

    private static boolean isChargedTwice(String document) {
        return PARSER.parse(document) instanceof Rejected rejected
                && rejected.problems().stream().anyMatch(problem -> problem.code() == Code.COUNTER_TWICE);
    }
}
