package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an approval is bound to, that it admits one call, and that it and the limits are used up together or not at all. */
class ApprovalsTest extends Asking {
    @Test
    void sixteenThreadsUseOneApprovalOnce() throws Exception {
        Evaluator evaluator = evaluator(PAY);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 200; round++) {
                people.approve(asked(evaluator.evaluate(pay(6))), "carol");
                List<Decision> decisions = atOnce(threads, 16, () -> evaluator.evaluate(pay(6)));

                assertThat(decisions).filteredOn(Decision::allowed).hasSize(1);
                assertThat(decisions)
                        .filteredOn(decision -> !decision.allowed())
                        .allMatch(NeedsApproval.class::isInstance);
                // So that the next round begins with nothing asked.
                people.pending().forEach(question -> people.reject(question.id(), "carol", ""));
                clock.advance(Duration.ofMinutes(31));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> List<T> atOnce(ExecutorService threads, int count, java.util.concurrent.Callable<T> work)
            throws Exception {
        CyclicBarrier together = new CyclicBarrier(count);
        List<Future<T>> running = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            running.add(threads.submit(() -> {
                together.await();
                return work.call();
            }));
        }
        List<T> results = new ArrayList<>();
        for (Future<T> one : running) results.add(one.get(60, TimeUnit.SECONDS));
        return results;
    }

    @Test
    void underContentionAsManyApprovalsAreUsedAsCallsAreCharged() throws Exception {
        Policy policy = policy("'default':'deny','tools':{'pay':{'action':'require_approval','limits':["
                + "{'counter':'calls','window':'hour','max':5,'scope':'grant'}]}}");
        Evaluator evaluator = evaluator(policy);
        ExecutorService threads = Executors.newFixedThreadPool(16);
        try {
            for (int round = 0; round < 60; round++) {
                List<String> ids = IntStream.range(0, 8)
                        .mapToObj(i -> asked(evaluator.evaluate(pay(i))))
                        .toList();
                ids.forEach(id -> people.approve(id, "carol"));
                AtomicReference<Integer> next = new AtomicReference<>(0);
                List<Decision> decisions =
                        atOnce(threads, 16, () -> evaluator.evaluate(pay(next.getAndUpdate(n -> n + 1) % 8)));

                assertThat(decisions).filteredOn(Decision::allowed).hasSize(5);
                assertThat(ids.stream().map(id -> people.find(id).orElseThrow().state()))
                        .filteredOn(State.USED::equals)
                        .hasSize(5);
                assertThat(ids.stream().map(id -> people.find(id).orElseThrow().state()))
                        .filteredOn(State.APPROVED::equals)
                        .hasSize(3);
                clock.advance(Duration.ofHours(1));
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void ofTwoRulesThatAskTheFirstOfTheDocumentIsNamed() {
        String rules = "'require_approval_if':[" + RULE + "]";
        String action = "'action':'require_approval'";
        for (List<String> order : List.of(List.of(rules, action), List.of(action, rules))) {
            Policy policy = policy("'default':'deny','tools':{'pay':{" + String.join(",", order) + "}}");

            assertThat(evaluator(policy)
                            .evaluate(pay(order.indexOf(action) + 6))
                            .rule())
                    .isEqualTo(order.get(0).equals(action) ? "/tools/pay/action" : "/tools/pay/require_approval_if/0");
        }
    }

    @Test
    void refundGivesBackTheLimitAndNotTheApproval() {
        Evaluator evaluator = evaluator(SPEND);
        people.approve(asked(evaluator.evaluate(pay(6))), "carol");
        Allow allow = (Allow) evaluator.evaluate(pay(6));

        assertThat(allow.permit().refund()).isTrue();

        assertThat(evaluator.explain(pay(6)).counted().get(0).left()).isEqualByComparingTo("10");
        assertThat(evaluator.evaluate(pay(6))).isInstanceOf(NeedsApproval.class);
    }

    @Test
    void everythingAQuestionIsBoundToMakesItAnother() {
        Evaluator evaluator = evaluator(PAY);
        List<ToolCall> others = List.of(
                pay(7),
                pay("6"),
                ToolCall.of(ALICE, "pay", Map.of("amount", 6, "note", "")),
                ToolCall.of(Identity.of("bob").with("tenant", "acme"), "pay", Map.of("amount", 6)),
                ToolCall.of(Identity.of("alice"), "pay", Map.of("amount", 6)),
                ToolCall.of(ALICE.with("tenant", List.of("acme")), "pay", Map.of("amount", 6)),
                ToolCall.of(ALICE.with("tenant", "acme2"), "pay", Map.of("amount", 6)),
                ToolCall.of(ALICE.with("role", "x"), "pay", Map.of("amount", 6)));
        String id = asked(evaluator.evaluate(pay(6)));
        people.approve(id, "carol");

        for (ToolCall other : others) {
            assertThat(evaluator.evaluate(other)).isInstanceOf(NeedsApproval.class);
        }
        Evaluator elsewhere = builder(PolicySource.of(PAY)).namespace("other").build();
        assertThat(elsewhere.evaluate(pay(6))).isInstanceOf(NeedsApproval.class);
        ToolCall same = ToolCall.parse(
                Identity.of("alice").withSession("s-2").with("tenant", "acme"), "pay", "{ \"amount\": 60e-1 }");
        assertThat(evaluator.evaluate(same).allowed()).isTrue();
        assertThat(people.find(id)).map(AskedQuestion::state).contains(State.USED);
    }

    @Test
    void questionIsBoundToWhatTheRulesSayAndNotToWhereTheyStand() {
        String other = "{'path':'args.amount','op':'gt','value':6,'reason':'over 5'}";
        List<String> same = List.of(
                "'tools':{'pay':{'require_approval_if':[" + RULE + "]}}",
                "'tools':{'pay':{'require_approval_if':[{'id':'big','description':'d',"
                        + "'conditions':[{'path':'args.amount','op':'gt','value':5.0}],'reason':'over 5'}]}}",
                "'tools':{'p*':{}},'all_tools':{'require_approval_if':[" + RULE + "]}",
                "'tools':{'pay':{'require_approval_if':[" + RULE + "," + RULE + "]}},"
                        + "'groups':[{'tools':['pay'],'require_approval_if':[" + RULE + "]}]");
        List<String> different = List.of(
                "'tools':{'pay':{'require_approval_if':[" + other + "]}}",
                "'tools':{'pay':{'require_approval_if':[" + RULE.replace("over 5", "over five") + "]}}",
                "'tools':{'pay':{'require_approval_if':[" + RULE + "," + other + "]}}",
                "'tools':{'pay':{'action':'require_approval','reason':'over 5'}}",
                "'tools':{'pay':{'action':'require_approval','require_approval_if':[" + RULE + "]}}");
        AtomicReference<Policy> current = new AtomicReference<>(PAY);
        Evaluator evaluator = builder(who -> Optional.of(current.get())).build();
        String id = asked(evaluator.evaluate(pay(7)));

        for (String document : same) {
            current.set(policy("'default':'deny'," + document));
            assertThat(asked(evaluator.evaluate(pay(7)))).as(document).isEqualTo(id);
        }
        people.approve(id, "carol");
        for (String document : different) {
            current.set(policy("'default':'deny'," + document));
            assertThat(evaluator.evaluate(pay(7))).as(document).isInstanceOf(NeedsApproval.class);
        }
        current.set(policy("'default':'deny','tools':{'pay':{'action':'deny'}}"));
        assertDenied(evaluator.evaluate(pay(7)), Reason.Code.TOOL_DENIED);
        current.set(PAY);
        assertThat(evaluator.evaluate(pay(7)).allowed()).isTrue();
    }

    @Test
    void explainAndShadowAskNobodyAndUseNothing() {
        List<PolicyListener.Decided> heard = new ArrayList<>();
        Evaluator shadowed = builder(PolicySource.of(policy("'default':'allow'")))
                .shadow(PolicySource.of(PAY))
                .listener(heard::add)
                .build();
        Evaluator evaluator = evaluator(PAY);

        assertThat(evaluator.explain(pay(6)).decision())
                .isEqualTo(new NeedsApproval(
                        "/tools/pay/require_approval_if/0", "", "over 5", Instant.parse("2026-01-01T12:30:00Z")));
        assertThat(shadowed.evaluate(pay(6)).allowed()).isTrue();
        assertThat(people.pending()).isEmpty();
        String id = asked(evaluator.evaluate(pay(6)));
        people.approve(id, "carol");
        assertThat(evaluator.explain(pay(6)).decision().allowed()).isTrue();
        shadowed.evaluate(pay(6));
        assertThat(heard)
                .extracting(decided -> decided.shadow().orElseThrow().allowed())
                .containsExactly(false, true);
        assertThat(people.find(id)).map(AskedQuestion::state).contains(State.APPROVED);
    }

    @Test
    void approverSeesTheWholeIdentityAndTheVeryArguments() {
        Identity who = ALICE.withSession("s-1").with("scopes", List.of("read", "pay"));
        evaluator(PAY).evaluate(ToolCall.parse(who, "pay", "{\"amount\": 6.50, \"to\": \"b\\u006fb\"}"));

        assertThat(people.pending()).singleElement().satisfies(question -> {
            assertThat(question.asker().grant()).isEqualTo("alice");
            assertThat(question.asker().session()).contains("s-1");
            assertThat(question.asker().attributes()).isEqualTo(who.attributes());
            assertThat(question.argumentsJson()).isEqualTo("{\"amount\":6.5,\"to\":\"bob\"}");
            assertThat(question.rules())
                    .containsExactly(new Question.Asking("/tools/pay/require_approval_if/0", "over 5"));
        });
    }

    @Test
    void askingGrantDoesNotApproveThroughItsOwnCall() {
        Evaluator evaluator = evaluator(PAY);
        String id = asked(evaluator.evaluate(pay(6)));

        assertThatExceptionOfType(AnswerRefused.NotAllowed.class).isThrownBy(() -> people.approve(id, "alice"));
        ToolCall pretending =
                ToolCall.of(ALICE, "pay", Map.of("amount", 6, "approved", true, "approvalId", id, "approver", "carol"));
        assertThat(evaluator.evaluate(pretending)).isInstanceOf(NeedsApproval.class);
    }

    @Test
    void listenerHearsOfAQuestionOnceAndOfItsOwnNamespace() {
        Ears ears = new Ears();
        Evaluator evaluator = builder(PolicySource.of(PAY)).listener(ears).build();
        Evaluator elsewhere = builder(PolicySource.of(PAY)).namespace("other").build();

        String id = asked(evaluator.evaluate(pay(6)));
        evaluator.evaluate(pay(6));
        elsewhere.evaluate(pay(6));

        assertThat(ears.of(ApprovalEvent.class)).extracting(ApprovalEvent::id).containsExactly(id);
        evaluator.close();
        clock.advance(Duration.ofHours(1));
        evaluator(PAY).evaluate(pay(6));
        assertThat(ears.heard).as("closed").hasSize(1);
    }

    @Test
    void lapsedApprovalAsksAnew() {
        Evaluator evaluator = evaluator(PAY);
        String id = asked(evaluator.evaluate(pay(6)));
        people.approve(id, "carol");

        clock.advance(Duration.ofMinutes(30));

        assertThat(asked(evaluator.evaluate(pay(6)))).isNotEqualTo(id);
    }

    @Test
    void approvalOutranksNoOtherRule() {
        String asks = "'require_approval_if':[" + RULE + "]";
        Map<String, Reason.Code> stricter = Map.of(
                "'tools':{'pay':{" + asks + ",'require':[{'path':'args.to','op':'eq','value':'acme'}]}}",
                Reason.Code.REQUIREMENT_NOT_MET,
                "'tools':{'pay':{" + asks + ",'deny_if':[{'path':'args.amount','op':'gte','value':6}]}}",
                Reason.Code.FORBIDDEN,
                "'tools':{'pay':{" + asks + "}},'all_tools':{'deny_if':[{'conditions':[]}]}",
                Reason.Code.FORBIDDEN,
                "'tools':{'pay':{'action':'deny'}}",
                Reason.Code.TOOL_DENIED,
                "'tools':{'pay':{" + asks + "}},'hide':['pa*']",
                Reason.Code.HIDDEN,
                "'tools':{}",
                Reason.Code.NOT_LISTED);
        AtomicReference<Policy> current = new AtomicReference<>(PAY);
        Evaluator evaluator = builder(who -> Optional.of(current.get())).build();
        people.approve(asked(evaluator.evaluate(pay(6))), "carol");

        stricter.forEach((document, code) -> {
            current.set(policy("'default':'deny'," + document));
            assertDenied(evaluator.evaluate(pay(6)), code);
        });

        current.set(PAY);
        assertThat(evaluator.evaluate(pay(6)).allowed())
                .as("none of them has used it")
                .isTrue();
    }
}
