package dev.toolpolicy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.ArgumentValidatorFactory;
import dev.toolpolicy.spi.Violation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What surrounds the grammar: files, validators, and what an exception says. */
class PolicyParserTest {
    private static final String WITH_SCHEMA =
            "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"t\":{\"arguments_schema\":{\"type\":\"object\"}}}}";

    @Test
    void aFileThatIsNotThereIsAProblem(@TempDir Path folder) {
        ParseResult result = PolicyParser.standard().parse(folder.resolve("none.json"));

        assertThat(only(result).code()).isEqualTo(Code.UNREADABLE_FILE);
        assertThat(only(result).message()).isEqualTo("there is no such file");
    }

    @Test
    void aFolderIsNoFile(@TempDir Path folder) {
        assertThat(only(PolicyParser.standard().parse(folder)).message())
                .isEqualTo("this is a folder, expected a file");
    }

    @Test
    void textAndBytesAreReadAlike() {
        String document = "{\"version\":\"1\",\"default\":\"deny\",\"description\":\"äöü\"}";

        assertThat(PolicyParser.standard()
                        .parse(document.getBytes(StandardCharsets.UTF_8))
                        .orThrow())
                .isEqualTo(PolicyParser.standard().parse(document).orThrow());
    }

    @Test
    void theExceptionHasTheReportAndTheProblems() {
        ParseResult.Rejected rejected =
                (ParseResult.Rejected) PolicyParser.standard().parse("{\"version\":\"1\"}");

        assertThatThrownBy(rejected::orThrow)
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessage(rejected.report())
                .extracting(e -> ((InvalidPolicyException) e).problems())
                .isEqualTo(rejected.problems());
    }

    @Test
    void aSchemaNeedsAValidatorThatClaimsIt() {
        ArgumentValidatorFactory claimsNothing = new ArgumentValidatorFactory() {
            @Override
            public dev.toolpolicy.spi.ArgumentValidator compile(Object schema, dev.toolpolicy.spi.Findings findings) {
                throw new AssertionError("what is not claimed is not compiled");
            }

            @Override
            public boolean claims(Object schema) {
                return false;
            }
        };

        assertThat(only(PolicyParser.standard().parse(WITH_SCHEMA)).code()).isEqualTo(Code.NO_VALIDATOR);
        assertThat(only(PolicyParser.with(claimsNothing).parse(WITH_SCHEMA)).code())
                .isEqualTo(Code.NO_VALIDATOR);
    }

    @Test
    void everyValidatorThatClaimsASchemaIsKept() {
        ArgumentValidatorFactory one = (schema, findings) -> arguments -> List.of();
        Policy policy = PolicyParser.with(one, one).parse(WITH_SCHEMA).orThrow();

        assertThat(policy.tools().get(new ToolPattern("t")).argumentsSchema().validators())
                .hasSize(2);
    }

    @Test
    void aValidatorThatFailsRejectsTheDocument() {
        ArgumentValidatorFactory throwing = (schema, findings) -> {
            throw new IllegalStateException("secret of the library");
        };
        ArgumentValidatorFactory overflowing = (schema, findings) -> {
            throw new StackOverflowError();
        };
        ArgumentValidatorFactory incomplete = (schema, findings) -> {
            throw new NoClassDefFoundError("a/Library");
        };
        ArgumentValidatorFactory silent = (schema, findings) -> null;
        ArgumentValidatorFactory unweighed = (schema, findings) -> new ArgumentValidator() {
            @Override
            public List<Violation> validate(Map<String, @Nullable Object> arguments) {
                return List.of();
            }

            @Override
            public long bytes() {
                throw new IllegalStateException("secret of the library");
            }
        };

        for (ArgumentValidatorFactory factory : List.of(throwing, overflowing, incomplete, silent, unweighed)) {
            Problem problem = only(PolicyParser.with(factory).parse(WITH_SCHEMA));
            assertThat(problem.code()).isEqualTo(Code.VALIDATOR_FAILED);
            assertThat(problem.pointer()).isEqualTo("/tools/t/arguments_schema");
            assertThat(problem.message()).doesNotContain("secret", "Error", "Exception");
        }
    }

    private static Problem only(ParseResult result) {
        assertThat(result).isInstanceOf(ParseResult.Rejected.class);
        List<Problem> problems = ((ParseResult.Rejected) result).problems();
        assertThat(problems).hasSize(1);
        return problems.get(0);
    }
}
