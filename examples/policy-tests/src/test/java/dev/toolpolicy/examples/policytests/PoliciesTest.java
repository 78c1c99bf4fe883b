package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Policy;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The least a team tests: every policy it ships is one. */
class PoliciesTest {
    private static final Path POLICIES = Path.of("src/main/resources/policies");

    static List<Path> policies() throws IOException {
        try (Stream<Path> files = Files.list(POLICIES)) {
            return files.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("policies")
    void everyFileIsAPolicy(Path file) {
        PolicyParser.with(JsonSchema.validator()).parse(file).orThrow();
    }

    @Test
    void paymentsAreDeniedUnlessListed() {
        Policy payments =
                PolicyParser.standard().parse(POLICIES.resolve("payments.json")).orThrow();

        assertThat(payments.unlisted()).isEqualTo(Policy.Unlisted.DENY);
    }
}
