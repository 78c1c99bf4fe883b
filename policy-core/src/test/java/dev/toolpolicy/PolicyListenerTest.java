package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.PolicyListener.Decided;
import dev.toolpolicy.Reason.Code;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Who listens hears everything and changes nothing, and so does a shadow. */
class PolicyListenerTest {
    private static final Identity ALICE = Identity.of("alice");
    private static final ToolCall PING = ToolCall.of(ALICE, "ping", Map.of());
    private static final Policy ALLOWS = policy("'default':'allow'");
    private static final Policy DENIES = policy("'default':'deny'");
    private static final Policy OVERFLOWS =
            policy("'default':'deny','tools':{'ping':{'arguments_schema':{'fails':'overflows'}}}");

    @Test
    void listenerHearsOfEveryDecision() {
        List<Decided> heard = new ArrayList<>();
        Evaluator evaluator = Evaluator.builder(ALLOWS).listener(heard::add).build();

        Decision decision = evaluator.evaluate(PING);

        assertThat(decision.allowed()).isTrue();
        assertThat(heard).hasSize(1);
        assertThat(heard.get(0).id()).isNotEmpty();
        assertThat(heard.get(0))
                .isEqualTo(new Decided(heard.get(0).id(), PING, decision, Optional.empty(), Optional.empty()));
    }

    @Test
    void listenerHearsOnceWhatBecameOfACall() {
        Policy counted = policy("'default':'deny','tools':{'ping':{'limits':["
                + "{'counter':'calls','window':'hour','max':9,'scope':'grant'}]}}");
        List<String> heard = new ArrayList<>();
        PolicyListener listener = new PolicyListener() {
            @Override
            public void decided(Decided decided) {}

            @Override
            public void settled(Settled settled) {
                heard.add(settled.result() + " " + settled.counter());
            }
        };
        Evaluator evaluator = Evaluator.builder(counted)
                .counters(Bucket4jCounters.inMemory())
                .listener(listener)
                .build();
        Permit refunded = ((Allow) evaluator.evaluate(PING)).permit();
        Permit settled = ((Allow) evaluator.evaluate(PING)).permit();
        for (int i = 0; i < 2; i++) {
            refunded.refundAsync().toCompletableFuture().join();
            settled.settleAsync("calls", BigDecimal.TEN).toCompletableFuture().join();
        }

        assertThat(heard).containsExactly("REFUNDED ", "SETTLED calls");
    }

    @Test
    void listenerHearsWhatACheckThrew() {
        List<Decided> heard = new ArrayList<>();
        Evaluator evaluator = Evaluator.builder(OVERFLOWS).listener(heard::add).build();

        evaluator.evaluate(PING);

        assertThat(heard.get(0).cause()).containsInstanceOf(StackOverflowError.class);
    }

    @Test
    void listenerDoesNotHearOfExplanations() {
        List<Decided> heard = new ArrayList<>();
        Evaluator evaluator = Evaluator.builder(ALLOWS).listener(heard::add).build();

        evaluator.explain(PING);
        evaluator.visible(ALICE, "ping");

        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void listenerThatThrowsChangesNothing(Throwable thrown) {
        PolicyListener broken = Throwables.listener(thrown);

        assertThat(Evaluator.builder(ALLOWS)
                        .listener(broken)
                        .build()
                        .evaluate(PING)
                        .allowed())
                .isTrue();
        assertThat(Evaluator.builder(DENIES)
                        .listener(broken)
                        .build()
                        .evaluate(PING)
                        .allowed())
                .isFalse();
    }

    @Test
    void shadowIsJudgedAndNotEnforced() {
        List<Decided> heard = new ArrayList<>();
        Evaluator evaluator = Evaluator.builder(ALLOWS)
                .shadow(PolicySource.of(DENIES))
                .listener(heard::add)
                .build();

        assertThat(evaluator.evaluate(PING).allowed()).isTrue();
        assertThat(heard.get(0).shadow()).map(Decision::rule).contains("/default");
        assertThat(heard.get(0).shadow()).map(Decision::allowed).contains(false);
    }

    @Test
    void shadowThatWouldAllowOpensNothing() {
        Evaluator evaluator = Evaluator.builder(DENIES)
                .shadow(PolicySource.of(ALLOWS))
                .listener(decided -> {})
                .build();

        assertThat(evaluator.evaluate(PING).allowed()).isFalse();
        assertThat(evaluator.explain(PING).decision().allowed()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("dev.toolpolicy.Throwables#all")
    void shadowThatFailsChangesNothing(Throwable thrown) {
        List<Decided> heard = new ArrayList<>();
        Evaluator evaluator = Evaluator.builder(ALLOWS)
                .shadow(Throwables.source(thrown))
                .listener(heard::add)
                .build();

        assertThat(evaluator.evaluate(PING).allowed()).isTrue();
        assertThat(heard.get(0).shadow().flatMap(Decision::refusal))
                .map(Refusal::code)
                .contains(Code.CHECK_FAILED.name());
        assertThat(heard.get(0).cause())
                .as("the cause is that of what was enforced")
                .isEmpty();
    }
}
