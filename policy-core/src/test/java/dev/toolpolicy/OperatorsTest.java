package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toolpolicy.Condition.Operator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every operator, on every type of argument. */
final class OperatorsTest {
    /** One argument of every JSON type. */
    private static final List<String> ONE_OF_EACH_TYPE = List.of("null", "true", "1", "\"a\"", "[1]", "{\"a\":1}");

    static Stream<Judged.Row> rows() {
        return Judged.table("operators.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aTestSaysWhatTheSpecificationSays(Judged.Row row) {
        assertThat(Judged.said(row.left(), row.right())).isEqualTo(row.verdict());
    }

    @Test
    void theTableHasEveryOperatorThatComparesOneValue() {
        Set<Operator> seen = EnumSet.of(Operator.PATH_WITHIN, Operator.HOST_IN);
        rows().forEach(row -> seen.add(
                Operator.of(row.left().replace("stops ", "").split(" ", 3)[1]).orElseThrow()));
        assertThat(seen).containsExactlyInAnyOrder(Operator.values());
    }

    /** Which of {@link #ONE_OF_EACH_TYPE} an operator can judge by this operand; the others are undecidable. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "001000 eq 2",
                "000100 eq \"b\"",
                "010000 eq false",
                "000010 eq [2]",
                "000001 eq {}",
                "111111 eq null",
                "001000 neq 2",
                "111111 neq null",
                "001000 in [2]",
                "001100 in [2, \"b\"]",
                "100001 in [null, {}]",
                "001000 not_in [2]",
                "001000 lt 2",
                "001000 lte 2",
                "001000 gt 2",
                "001000 gte 2",
                "000100 regex \"b\"",
                "000100 matches \"b\"",
                "000100 contains \"b\"",
                "000010 contains 2",
                "000000 contains null",
                "000100 starts_with \"b\"",
                "000100 ends_with \"b\"",
                "111111 exists true",
                "111111 exists false",
                "111111 is \"null\"",
                "000100 path_within \".\"",
                "000000 path_within \"/\"",
                "000000 host_in [\"b\"]"
            })
    void anotherTypeThanTheOperatorJudgesIsUndecidable(String line) {
        for (int type = 0; type < ONE_OF_EACH_TYPE.size(); type++) {
            Verdict said = Judged.said("v " + line.substring(7), ONE_OF_EACH_TYPE.get(type));
            assertThat(said == Verdict.TRUE || said == Verdict.FALSE)
                    .as("%s of %s: %s", line, ONE_OF_EACH_TYPE.get(type), said)
                    .isEqualTo(line.charAt(type) == '1');
        }
    }

    /** Of no two arguments does eq say true where neq does not say false, and the like. */
    @Test
    void opposedOperatorsOpposeEachOther() {
        List<String> values = List.of(
                "null",
                "true",
                "false",
                "0",
                "-0.0",
                "1",
                "1.5",
                "1e400",
                "\"\"",
                "\"1\"",
                "[]",
                "[1]",
                "{}",
                "{\"a\":1}");
        for (String a : values) {
            for (String b : values) {
                String both = "{\"v\":" + a + ",\"w\":" + b + "}";
                assertThat(Judged.said("v eq " + b, a))
                        .isEqualTo(Judged.said("v neq " + b, a).not());
                assertThat(Judged.said("v eq " + b, a)).isIn(pair(Judged.said("args.v eq @args.w", both), b));
                assertThat(Judged.said("args.v eq @args.w", both)).isEqualTo(Judged.said("args.w eq @args.v", both));
                assertThat(Judged.said("args.v lt @args.w", both)).isEqualTo(Judged.said("args.w gt @args.v", both));
                assertThat(Judged.said("args.v lte @args.w", both))
                        .isEqualTo(Judged.said("args.v gt @args.w", both).not());
                String list = "[" + b + "]";
                assertThat(Judged.said("v in " + list, a))
                        .isEqualTo(Judged.said("v not_in " + list, a).not());
            }
        }
    }

    /** Against null, a policy's own operand decides what one that is looked up cannot. */
    private static Set<Verdict> pair(Verdict lookedUp, String operand) {
        return operand.equals("null") && lookedUp == Verdict.UNDECIDABLE ? Set.of(Verdict.FALSE) : Set.of(lookedUp);
    }

    @Test
    void whatCannotBeAnOperandIsRefused() {
        for (String wrong : List.of(
                "in []",
                "in 1",
                "not_in {}",
                "lt \"1\"",
                "gte null",
                "regex 1",
                "regex \"(\"",
                "matches \"(?s).\"",
                "regex \"(?m)a$\"",
                "regex \"(?i-s)a\"",
                "regex \"(?=a)\"",
                "starts_with 1",
                "ends_with []",
                "exists 1",
                "is \"text\"",
                "is 1",
                "path_within 1",
                "path_within []",
                "path_within \"\"",
                "path_within \"~\"",
                "path_within \"../a\"",
                "path_within [\"/a\", \"//b\"]",
                "path_within \"C:a\"",
                "host_in \"a.com\"",
                "host_in []",
                "host_in [1]",
                "host_in [\"a.com/\"]",
                "host_in [\"u@a.com\"]",
                "host_in [\"a.com.\"]",
                "host_in [\"1.2.3\"]",
                "host_in [\"*.1.2.3.4\"]",
                "host_in [\"a.*.com\"]",
                "host_in [\"*\"]",
                "host_in [\"\u212aube.io\"]",
                "host_in [\"[::ffff:7f00:1]\"]",
                "host_in [\"a.com:0443\"]",
                "host_in [\"a.com:\"]",
                "host_in [\"[::1%25lo]\"]",
                "exists true if_missing=true",
                "regex @identity.tenant",
                "is @identity.tenant",
                "exists @identity.tenant",
                "host_in @identity.teams",
                "path_within @identity.tenant")) {
            assertThatIllegalArgumentException().as(wrong).isThrownBy(() -> Judged.said("v " + wrong, "1"));
        }
    }

    @Test
    void equalValuesAreEqualHoweverTheyAreSpelt() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 5_000; i++) {
            Object tree = RandomJson.tree(random, 3);
            String spelling = RandomJson.spelt(tree, random);
            String quoted = RandomJson.spelt(tree, random);
            assertThat(Judged.said("v eq " + quoted, spelling))
                    .as("%s = %s", quoted, spelling)
                    .isEqualTo(Verdict.TRUE);
            assertThat(Judged.said("v in [0, " + quoted + "]", spelling)).isEqualTo(Verdict.TRUE);
            String other = RandomJson.spelt(RandomJson.changed(tree, random), random);
            assertThat(Judged.said("v eq " + other, spelling))
                    .as("%s = %s", other, spelling)
                    .isNotEqualTo(Verdict.TRUE);
        }
    }

    @Test
    void numbersOfEverySizeAreComparedExactly() {
        String[] rising = {
            "-1e400",
            "-9223372036854775809",
            "-9223372036854775808",
            "-1.5",
            "-1e-400",
            "-0.0",
            "1e-400",
            "0.1",
            "0.10000000000000000555",
            "0.3",
            "0.30000000000000004",
            "9007199254740992",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775807.5",
            "9223372036854775808",
            "1e1000"
        };
        for (int i = 0; i < rising.length; i++) {
            for (int j = 0; j < rising.length; j++) {
                for (String order : List.of("lt", "lte", "gt", "gte", "eq", "neq")) {
                    boolean holds = switch (order) {
                        case "lt" -> i < j;
                        case "lte" -> i <= j;
                        case "gt" -> i > j;
                        case "gte" -> i >= j;
                        case "eq" -> i == j;
                        default -> i != j;
                    };
                    assertThat(Judged.said("v " + order + " " + rising[j], rising[i]))
                            .as("%s %s %s", rising[i], order, rising[j])
                            .isEqualTo(Verdict.of(holds));
                }
            }
        }
    }
}
