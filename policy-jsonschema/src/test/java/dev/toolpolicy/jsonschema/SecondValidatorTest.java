package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Policy;
import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.ArgumentValidatorFactory;
import dev.toolpolicy.spi.Findings;
import dev.toolpolicy.spi.Violation;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The door by which this module comes is open to others, alone and beside it. */
class SecondValidatorTest {
    /** Twenty lines: refuses arguments with more members than a schema says under {@code most}. */
    private static final class Most implements ArgumentValidatorFactory {
        @Override
        public boolean claims(Object schema) {
            return schema instanceof Map<?, ?> words && words.containsKey("most");
        }

        @Override
        public ArgumentValidator compile(Object schema, Findings findings) {
            Map<?, ?> words = (Map<?, ?>) schema;
            if (!(words.get("most") instanceof Long most)) {
                findings.report("/most", "found no whole number, expected one", "write how many members, such as 3");
                return arguments -> List.of();
            }
            return arguments -> arguments.size() <= most
                    ? List.of()
                    : List.of(new Violation("", "most", "at most " + most + " members"));
        }
    }

    /** Claims every schema, and is never content. */
    private static final ArgumentValidatorFactory NEVER =
            (schema, findings) -> arguments -> List.of(new Violation("", "never", "nothing"));

    @Test
    void anotherValidatorPlugsInAlone() {
        Policy policy =
                parse("{\"most\": 1}", new Most()) instanceof ParseResult.Parsed parsed ? parsed.policy() : null;
        assertThat(decided(policy, "{\"a\": 1}")).isEqualTo("allowed");
        assertThat(decided(policy, "{\"a\": 1, \"b\": 2}")).isEqualTo("the arguments break the tool's schema: most");
    }

    @Test
    void whatAnotherReportsIsAProblemOfTheDocument() {
        ParseResult.Rejected rejected = (ParseResult.Rejected) parse("{\"most\": \"1\"}", new Most());
        assertThat(rejected.problems().get(0).pointer()).isEqualTo("/tools/t/arguments_schema/most");
    }

    @Test
    void ofTwoThatClaimASchemaBothMustBeContent() {
        Policy policy =
                parse("{\"required\": [\"a\"]}", JsonSchema.validator(), NEVER).orThrow();
        assertThat(decided(policy, "{\"a\": 1}")).isEqualTo("the arguments break the tool's schema: never");
        assertThat(decided(policy, "{}")).isEqualTo("the arguments break the tool's schema: /a required, never");
    }

    @Test
    void oneThatClaimsNothingIsNotEnough() {
        assertThat(parse("{\"required\": [\"a\"]}", new Most())).isInstanceOf(ParseResult.Rejected.class);
        assertThat(parse("{\"required\": [\"a\"]}", new Most(), JsonSchema.validator()))
                .isInstanceOf(ParseResult.Parsed.class);
        // Ours claims it too, and would not enforce it.
        assertThat(parse("{\"most\": 1}", new Most(), JsonSchema.validator())).isInstanceOf(ParseResult.Rejected.class);
    }

    private static ParseResult parse(String schema, ArgumentValidatorFactory... validators) {
        String text = "{\"version\": \"1\", \"default\": \"deny\", \"tools\": {\"t\": {\"arguments_schema\": " + schema
                + "}}}";
        return PolicyParser.with(validators).parse(text);
    }

    private static String decided(Policy policy, String arguments) {
        try (Evaluator evaluator = Evaluator.builder(policy).build()) {
            return evaluator
                    .evaluate(Schemas.call(arguments))
                    .match(allow -> "allowed", deny -> deny.reason().message(), limited -> "limited", asked -> "asked");
        }
    }
}
