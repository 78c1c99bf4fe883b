package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Policies and calls that the reference evaluator knows to judge. */
class DecisionFuzz {
    private static final int CALLS = 8;

    @FuzzTest
    void decidesAsTheReferenceDoesAndExplainsTheSame(byte[] input) {
        Sample sample = new Sample(new Draw(new Choices(input)), 3, CALLS);
        for (int i = 0; i < CALLS; i++) {
            Reference.Call call = sample.call();
            Reference.Answer said = Fuzzing.bounded(() -> sample.asked(call));
            assertThat(said).as(() -> sample.shown(call)).isEqualTo(Sample.expected(sample.document, call));
            if (said.code().equals("MALFORMED_CALL")) continue;
            Explanation explanation = sample.evaluator.explain(sample.frozen(call));
            assertThat(Sample.answer(explanation.decision()))
                    .as(() -> sample.shown(call))
                    .isEqualTo(said);
        }
    }
}
