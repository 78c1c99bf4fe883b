package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.examples.policytests.GuardedDispatcher.Answer;
import dev.toolpolicy.examples.policytests.GuardedDispatcher.Dispatcher;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The wrapped dispatcher of the README, under the policy of the README. */
class GuardedDispatcherTest {
    private static final Identity ALICE = Identity.of("alice-laptop").with("tenant", "acme");

    private final Evaluator evaluator = Evaluator.builder(PolicyParser.standard()
                    .parse(Path.of("src/main/resources/policies/payments.json"))
                    .orThrow())
            .build();
    private final GuardedDispatcher guarded = new GuardedDispatcher(evaluator, new Dispatcher() {
        @Override
        public boolean has(String tool) {
            return tool.endsWith("_charge");
        }

        @Override
        public Answer run(String tool, Map<String, Object> arguments) {
            return new Answer(tool + " ran with " + arguments, false, Map.of());
        }
    });

    @Test
    void whatIsAllowedRuns() throws Exception {
        assertThat(guarded.handle(
                        ALICE, "create_charge", "{\"currency\": \"usd\", \"tenant\": \"acme\", \"amount\": 1.50}"))
                .isEqualTo(
                        new Answer("create_charge ran with {currency=usd, tenant=acme, amount=1.5}", false, Map.of()));
    }

    @Test
    void whatIsDeniedSaysWhy() throws Exception {
        assertThat(guarded.handle(ALICE, "create_charge", "{\"currency\": \"gbp\", \"tenant\": \"acme\"}"))
                .isEqualTo(new Answer(
                        "only USD and EUR",
                        true,
                        Map.of(
                                "dev.toolpolicy/code", "REQUIREMENT_NOT_MET",
                                "dev.toolpolicy/rule", "/tools/create_charge/require/0")));
    }

    @Test
    void hiddenToolIsAsUnknownAsAnyOther() throws Exception {
        assertThat(guarded.handle(ALICE, "delete_charge", "{}")).isEqualTo(new Answer("Unknown tool", true, Map.of()));
        assertThat(guarded.handle(ALICE, "delete_charge", "{")).isEqualTo(new Answer("Unknown tool", true, Map.of()));
        assertThat(guarded.handle(ALICE, "delete_other", "{}")).isEqualTo(new Answer("Unknown tool", true, Map.of()));
    }
}
