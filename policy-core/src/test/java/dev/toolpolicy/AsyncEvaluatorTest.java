package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditSink;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Taking;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without waiting the same is decided, recorded and told as with, and on the threads that were named. */
class AsyncEvaluatorTest {
    private static final Identity ALICE = Identity.of("alice").withSession("s-1");
    private static final Policy PAY = policy("'default':'deny','hide':['secret_tool'],'tools':{'free':{},'pay':{"
            + "'deny_if':[{'path':'args.amount','op':'gt','value':100,'on_deny':'too much'}],"
            + "'require_approval_if':[{'path':'args.amount','op':'gt','value':5}],"
            + "'limits':[{'counter':'spend','window':'hour','max':10,'scope':'grant','amount':'args.amount'},"
            + "{'counter':'calls','window':'hour','max':5,'scope':'grant'}]}}");
    private static final Policy STRICTER = policy("'default':'deny','tools':{'pay':{'limits':["
            + "{'counter':'spend','window':'hour','max':3,'scope':'grant','amount':'args.amount'}]}}");

    private final ExecutorService hosts = Executors.newSingleThreadExecutor(work -> new Thread(work, "host"));

    @AfterEach
    void end() {
        hosts.shutdownNow();
    }

    private static ToolCall pay(Object amount) {
        return ToolCall.of(ALICE, "pay", Map.of("amount", amount));
    }

    static <T> T got(CompletionStage<T> stage) {
        return stage.toCompletableFuture().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** How an evaluator is asked. */
    private enum How {
        WAITING,
        AT_ONCE,
        LATER
    }

    /** One evaluator, with all that hears of it, in one transcript. */
    private final class Told implements PolicyListener, AuditSink {
        final TestClock clock = new TestClock("2026-01-01T12:00:00Z");
        final InMemoryApprovals people =
                InMemoryApprovals.builder().clock(clock).build();
        final List<String> transcript = Collections.synchronizedList(new ArrayList<>());
        final Set<String> ids = Collections.synchronizedSet(new LinkedHashSet<>());
        final Set<String> threads = ConcurrentHashMap.newKeySet();
        final How how;
        final Evaluator evaluator;
        final AsyncEvaluator async;
        volatile Predicate<AuditRecord> fails = record -> false;

        Told(How how, boolean mandatory) {
            this.how = how;
            Bucket4jCounters counters = Bucket4jCounters.inMemory();
            Evaluator.Builder builder = Evaluator.builder(PAY)
                    .counters(how == How.LATER ? new LaterCounters(counters) : counters)
                    .approvals(people)
                    .clock(clock)
                    .shadow(PolicySource.of(STRICTER))
                    .listener(this);
            evaluator = (mandatory ? builder.mandatoryAudit(this) : builder.audit(this)).build();
            async = AsyncEvaluator.of(evaluator, hosts);
        }

        Decision evaluate(ToolCall call) {
            Decision decision = how == How.WAITING ? evaluator.evaluate(call) : got(async.evaluate(call));
            say("said", decision instanceof Allow ? "Allow " + decision.rule() : decision);
            return decision;
        }

        boolean refund(Permit permit) {
            return how == How.WAITING ? permit.refund() : got(permit.refundAsync());
        }

        boolean settle(Permit permit, String counter, String actual) {
            BigDecimal amount = new BigDecimal(actual);
            return how == How.WAITING ? permit.settle(counter, amount) : got(permit.settleAsync(counter, amount));
        }

        void say(String what, Object said) {
            threads.add(Thread.currentThread().getName());
            transcript.add(what + " " + said);
        }

        @Override
        public void record(AuditRecord record) {
            if (record instanceof AuditRecord.Decided decided) {
                ids.add(decided.id());
                ids.add(decided.approval());
            }
            say("recorded", record.toString().replaceAll("took=[^,\\]]*", ""));
            if (fails.test(record)) throw new IllegalStateException("the disk is full");
        }

        @Override
        public void decided(Decided decided) {
            ids.add(decided.id());
            say("decided", decided);
        }

        @Override
        public void asked(ApprovalEvent asked) {
            ids.add(asked.id());
            say("asked", asked);
        }

        @Override
        public void settled(Settled settled) {
            say("settled", settled);
        }

        /** Ids differ by chance: they are told by their order. */
        List<String> transcript() {
            List<String> lines = new ArrayList<>();
            List<String> known = ids.stream().filter(id -> !id.isEmpty()).toList();
            for (String line : transcript) {
                String told = line.replaceAll("arguments=dev\\.toolpolicy\\.CallSummary@[0-9a-f]+", "");
                for (int i = 0; i < known.size(); i++) told = told.replace(known.get(i), "#" + i + "#");
                lines.add(told);
            }
            return lines;
        }
    }

    private interface Scene {
        void play(Told told);
    }

    private void assertSame(How how, boolean mandatory, Scene scene) {
        Told waiting = new Told(How.WAITING, mandatory);
        scene.play(waiting);
        Told other = new Told(how, mandatory);
        scene.play(other);

        assertThat(waiting.transcript()).isNotEmpty();
        assertThat(other.transcript()).isEqualTo(waiting.transcript());
        assertThat(other.evaluator.recordsLost()).isEqualTo(waiting.evaluator.recordsLost());
        assertThat(other.threads).doesNotContain(LaterCounters.THREAD);
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_ONCE", "LATER"})
    void decisionsRecordsAndEventsAreThoseOfWhoWaits(How how) {
        assertSame(how, false, told -> {
            told.evaluate(ToolCall.of(ALICE, "free", Map.of()));
            told.evaluate(ToolCall.of(ALICE, "other", Map.of()));
            told.evaluate(ToolCall.of(ALICE, "secret_tool", Map.of()));
            told.evaluate(pay(101));
            told.evaluate(pay(-1));
            told.evaluate(pay("many"));
            Permit first = ((Allow) told.evaluate(pay(5))).permit();
            told.evaluate(pay(5.5));
            assertThat(told.settle(first, "spend", "2")).isTrue();
            assertThat(told.settle(first, "spend", "2")).isFalse();
            assertThat(told.settle(first, "unheard of", "2")).isFalse();
            assertThat(told.refund(first)).as("the calls").isTrue();
            assertThat(told.refund(first)).isFalse();
            first.done();

            String id = ((NeedsApproval) told.evaluate(pay(6))).approvalId();
            told.evaluate(pay(6));
            told.people.approve(id, "carol");
            Permit approved = ((Allow) told.evaluate(pay(6))).permit();
            told.evaluate(pay(6));
            assertThat(told.refund(approved)).isTrue();
            told.clock.advance(Duration.ofHours(1));
            String no = ((NeedsApproval) told.evaluate(pay(7))).approvalId();
            told.people.reject(no, "carol", "not today");
            told.evaluate(pay(7));
        });
    }

    @ParameterizedTest
    @EnumSource(names = {"AT_ONCE", "LATER"})
    void recordsThatAreNotKeptCostAndDenyAsTheyDoForWhoWaits(How how) {
        for (boolean mandatory : List.of(false, true)) {
            assertSame(how, mandatory, told -> {
                told.fails = record -> record instanceof AuditRecord.Decided decided && !decided.shadow();
                told.evaluate(pay(5));
                told.evaluate(pay(5));
                told.evaluate(pay(101));
                told.evaluate(pay(6));
            });
        }
    }

    @Test
    void whatADeniedCallTookIsGivenBackWhereItsRecordIsNotKept() throws Exception {
        for (How how : How.values()) {
            Told told = new Told(how, true);
            told.fails = record -> true;
            for (int i = 0; i < 20; i++)
                assertThat(told.evaluate(pay(5)).allowed()).isFalse();
            told.fails = record -> false;

            assertThat(soon(() -> told.evaluate(pay(5)).allowed())).isTrue();
        }
    }

    /** Whether this holds before half a minute is over: somebody else's thread is at it. */
    static boolean soon(java.util.function.BooleanSupplier holds) throws InterruptedException {
        long begun = System.nanoTime();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(30)) return false;
            Thread.sleep(1); // another thread is at it, and says nothing when it is done
        }
        return true;
    }

    @Test
    void everythingAfterALaterAnswerRunsOnTheExecutor() throws Exception {
        LaterCounters counters = new LaterCounters(Bucket4jCounters.inMemory()).holding();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Evaluator evaluator = Evaluator.builder(PAY)
                .counters(counters)
                .approvals(InMemoryApprovals.builder().build())
                .audit(record ->
                        threads.add("record on " + Thread.currentThread().getName()))
                .listener(decided ->
                        threads.add("told on " + Thread.currentThread().getName()))
                .build();

        CompletableFuture<Decision> decided = AsyncEvaluator.of(evaluator, hosts)
                .evaluate(pay(1))
                .whenComplete((decision, thrown) ->
                        threads.add("host on " + Thread.currentThread().getName()))
                .toCompletableFuture();
        assertThat(decided).isNotDone();
        assertThat(threads).isEmpty();
        counters.letGo();
        Permit permit = ((Allow) got(decided)).permit();
        CompletableFuture<String> refunded = permit.refundAsync()
                .thenApply(first -> Thread.currentThread().getName())
                .toCompletableFuture();
        counters.letGo();
        counters.letGo();

        assertThat(got(refunded)).isEqualTo("host");
        assertThat(threads).containsExactlyInAnyOrder("record on host", "told on host", "host on host");
    }

    @Test
    void whatIsAnsweredAtOnceIsDecidedInTheThreadThatCalls() {
        Told told = new Told(How.AT_ONCE, false);

        CompletableFuture<Decision> decided = told.async.evaluate(pay(1)).toCompletableFuture();

        assertThat(decided).isCompletedWithValueMatching(Decision::allowed);
        assertThat(told.threads).containsExactly(Thread.currentThread().getName());
    }

    @Test
    void permitOfWhoWaitsTellsNothingOnAStoresThreadEither() throws Exception {
        Bucket4jCounters inMemory = Bucket4jCounters.inMemory();
        LaterCounters later = new LaterCounters(inMemory).holding();
        Set<String> threads = ConcurrentHashMap.newKeySet();
        Evaluator evaluator = Evaluator.builder(STRICTER)
                .counters(new Mixed(inMemory, later))
                .audit(record -> threads.add(Thread.currentThread().getName()))
                .build();
        Permit permit = ((Allow) evaluator.evaluate(pay(3))).permit();
        threads.clear();

        CompletionStage<Boolean> refunded = permit.refundAsync();
        later.letGo();

        assertThat(got(refunded)).isTrue();
        assertThat(threads).hasSize(1).doesNotContain(LaterCounters.THREAD);
        assertThat(evaluator.evaluate(pay(3)).allowed()).as("it was given back").isTrue();
    }

    /** Counters for which one may wait, or not. */
    private record Mixed(Counters counters, Counters later) implements Counters {
        @Override
        public List<Taking.Left> look(List<Charge> charges, Instant now) {
            return counters.look(charges, now);
        }

        @Override
        public Taking take(List<Charge> charges, Instant now) {
            return counters.take(charges, now);
        }

        @Override
        public void change(Charge charge, long window, long more) {
            counters.change(charge, window, more);
        }

        @Override
        public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
            return later.changeAsync(charge, window, more);
        }
    }

    @Test
    void ofRefundAndSettleTheFirstCountsWhicheverWayItIsAsked() {
        Told told = new Told(How.LATER, false);
        Permit permit = ((Allow) told.evaluate(pay(4))).permit();

        CompletionStage<Boolean> settled = permit.settleAsync("spend", BigDecimal.ONE);
        assertThat(got(permit.refundAsync())).as("the calls").isTrue();
        assertThat(permit.settle("spend", BigDecimal.ONE)).isFalse();
        assertThat(permit.refund()).isFalse();
        assertThat(got(settled)).isTrue();
        assertThatIllegalArgumentException().isThrownBy(() -> permit.settleAsync("spend", BigDecimal.ONE.negate()));
        assertThat(got(Permit.NOTHING_TAKEN.refundAsync())).isFalse();
        assertThat(got(Permit.NOTHING_TAKEN.settleAsync("spend", BigDecimal.ONE)))
                .isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Permit.NOTHING_TAKEN.settleAsync("spend", BigDecimal.ONE.negate()));
    }

    @Test
    void refundThatTheHostNoMoreWaitsForIsRecordedAllTheSame() throws Exception {
        LaterCounters counters = new LaterCounters(Bucket4jCounters.inMemory()).holding();
        List<AuditRecord> records = Collections.synchronizedList(new ArrayList<>());
        AsyncEvaluator evaluator = AsyncEvaluator.of(
                Evaluator.builder(STRICTER)
                        .counters(counters)
                        .audit(records::add)
                        .build(),
                hosts);
        CompletionStage<Decision> decided = evaluator.evaluate(pay(3));
        counters.letGo();
        Permit permit = ((Allow) got(decided)).permit();

        permit.refundAsync().toCompletableFuture().cancel(false);
        counters.letGo();

        assertThat(soon(() -> records.stream().anyMatch(AuditRecord.Run.class::isInstance)))
                .isTrue();
    }

    @Test
    void closedEvaluatorDeniesHereToo() {
        Told told = new Told(How.AT_ONCE, false);
        told.evaluator.close();

        assertThat(got(told.async.evaluate(pay(1)))).isEqualTo(CompiledPolicy.CHECK_FAILED);
        assertThat(told.transcript).isEmpty();
    }

    @Test
    void nothingIsAMistake() {
        Told told = new Told(How.AT_ONCE, false);

        assertThatNullPointerException().isThrownBy(() -> told.async.evaluate(null));
        assertThatNullPointerException().isThrownBy(() -> AsyncEvaluator.of(null, hosts));
        assertThatNullPointerException().isThrownBy(() -> AsyncEvaluator.of(told.evaluator, null));
    }
}
