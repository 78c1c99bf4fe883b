package dev.toolpolicy.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.examples.benchmarks.peers.Peers;
import dev.toolpolicy.spi.Violation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Benchmark;

/** Runs every benchmark once, without JMH and its clock: that it runs at all, and compares what is the same. */
class BenchmarksTest {
    @ParameterizedTest
    @EnumSource
    void libraryAndFloorAgreeOnEveryCall(Workload workload) {
        for (int tools : new int[] {1, 100, 10_000}) {
            Deciding deciding = new Deciding();
            deciding.workload = workload;
            deciding.tools = tools;
            deciding.prepare();
            for (int i = 0; i < Workload.CALLS; i++)
                assertThat(deciding.toolpolicy().allowed()).isEqualTo(workload.allowed());
            for (int i = 0; i < Workload.CALLS; i++)
                assertThat(deciding.floor()).isEqualTo(workload.allowed());
        }
    }

    @Test
    void whatIsParsedIsAPolicy() {
        Parsing parsing = new Parsing();
        parsing.tools = 1000;
        parsing.prepare();

        assertThat(parsing.parse()).isInstanceOf(ParseResult.Parsed.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatIsCountedIsAllowed(int limits) {
        Counting counting = new Counting();
        counting.limits = limits;
        counting.prepare();
        Contending contending = new Contending();
        contending.limits = limits;
        contending.prepare();

        assertThat(counting.toolpolicy().allowed()).isTrue();
        assertThat(counting.floor()).isTrue();
        assertThat(contending.toolpolicy().allowed()).isTrue();
        assertThat(contending.floor()).isTrue();
        assertThat(counting.resilience4j()).isTrue();
        assertThat(contending.resilience4j()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void aWholeCallIsAllowedAndRecorded(WholeCall.Arguments arguments) throws IOException {
        WholeCall call = new WholeCall();
        call.arguments = arguments;
        call.prepare();
        try {
            assertThat(call.readTree().path("amount").decimalValue()).isEqualTo("99.95");
            assertThat(call.decided().allowed()).isTrue();
            assertThat(call.digested()).isEqualTo(call.parsed().digest());
            assertThat(call.queued().allowed()).isTrue();
            assertThat(call.logged().allowed()).isTrue();
        } finally {
            call.end();
        }
    }

    @Test
    void whoSharesAnEvaluatorIsAllowed() {
        Sharing sharing = new Sharing();
        sharing.prepare();

        assertThat(sharing.one(new Sharing.Turn()).allowed()).isTrue();
        assertThat(sharing.two(new Sharing.Turn()).allowed()).isTrue();
    }

    @Test
    void everyOfManyCallersIsAllowed() {
        ManyCallers many = new ManyCallers();
        many.callers = 64;
        many.prepare();

        for (int i = 0; i < 64; i++) {
            assertThat(many.toolpolicy().allowed()).isTrue();
            assertThat(many.floor()).isTrue();
        }
    }

    @Test
    void manyCasesAreReadAndRun() throws IOException {
        ManyCases.Cost cost = ManyCases.measure(5_000);

        assertThat(cost.cases()).isEqualTo(1_000);
        assertThat(cost.fileMegabytes()).isBetween(0.1, 0.2);
        assertThat(cost.readSeconds()).isPositive();
        assertThat(cost.runSeconds()).isPositive();
    }

    @Test
    void aFreshJvmDecides() throws Exception {
        FirstDecision.Start deciding = FirstDecision.deciding(1);

        assertThat(deciding.classes()).isGreaterThan(FirstDecision.idle(1).classes());
        assertThat(deciding.fromMain()).isBetween(1.0, deciding.milliseconds());
        assertThat(FirstDecision.bytes(FirstDecision.jars().get("policy-core"))).isGreaterThan(100_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allValidatorsAgree(boolean valid) {
        Validating validating = new Validating();
        validating.valid = valid;
        validating.prepare();

        assertThat(validating.ours().isEmpty()).isEqualTo(valid);
        assertThat(validating.everit().isEmpty()).isEqualTo(valid);
        assertThat(validating.everitReady().isEmpty()).isEqualTo(valid);
        assertThat(validating.networknt().isEmpty()).isEqualTo(valid);
        assertThat(validating.networkntReady().isEmpty()).isEqualTo(valid);
        assertThat(validating.converting()).hasToString("an object");
    }

    @Test
    void theFaultIsTheSameToAllValidators() {
        SchemaCall call = new SchemaCall(false);

        assertThat(call.ours()).containsExactly(new Violation("/amount", "maximum", "at most 10000"));
        assertThat(call.everit()).singleElement().asString().startsWith("#/amount: ");
        assertThat(call.networknt()).singleElement().asString().startsWith("/amount: ");
    }

    @Test
    void aLiveCounterIsLight() throws Exception {
        CounterMemory.PerCounter one = CounterMemory.measure(200_000);

        assertThat(one.bytes()).isBetween(100.0, 320.0);
        assertThat(one.ofBucket4j()).isBetween(32.0, one.bytes() / 2);
    }

    @Test
    void bothWaysToMakeACallMakeTheSame() {
        Freezing freezing = new Freezing();

        assertThat(freezing.parse().digest()).isEqualTo(freezing.of().digest());
    }

    @Test
    void jmhFindsThem() throws IOException {
        // Its annotation processor wrote this; had it not run, there would be nothing to measure.
        try (InputStream list = Deciding.class.getResourceAsStream("/META-INF/BenchmarkList")) {
            String found = new String(Objects.requireNonNull(list).readAllBytes(), StandardCharsets.UTF_8);
            for (Class<?> type : new Class<?>[] {
                Deciding.class,
                Freezing.class,
                Parsing.class,
                Counting.class,
                Contending.class,
                Validating.class,
                WholeCall.class,
                Sharing.class,
                ManyCallers.class,
                Peers.class
            }) {
                for (var method : type.getMethods()) {
                    if (method.isAnnotationPresent(Benchmark.class))
                        assertThat(found).contains(type.getName()).contains(method.getName());
                }
            }
        }
    }
}
