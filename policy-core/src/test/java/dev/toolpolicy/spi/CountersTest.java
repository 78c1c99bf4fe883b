package dev.toolpolicy.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Counters that only know how to be waited for serve who does not wait, too. */
class CountersTest {
    private static final Charge CHARGE = new Charge("", "calls", "a", 60, 5, 1);

    private record Waiting(Throwable thrown) implements Counters {
        @Override
        public List<Taking.Left> look(List<Charge> charges, Instant now) {
            change(CHARGE, 0, 0);
            return List.of();
        }

        @Override
        public Taking take(List<Charge> charges, Instant now) {
            change(CHARGE, 0, 0);
            return new Taking.Taken(List.of(0L));
        }

        @Override
        public void change(Charge charge, long window, long more) {
            if (thrown instanceof RuntimeException e) throw e;
            if (thrown instanceof Error e) throw e;
        }
    }

    private static CompletableFuture<?>[] all(Counters counters) {
        return new CompletableFuture<?>[] {
            counters.lookAsync(List.of(CHARGE), Instant.EPOCH).toCompletableFuture(),
            counters.takeAsync(List.of(CHARGE), Instant.EPOCH).toCompletableFuture(),
            counters.changeAsync(CHARGE, 0, 1).toCompletableFuture()
        };
    }

    @Test
    void whatIsWaitedForIsAnsweredAtOnce() {
        CompletableFuture<?>[] answers = all(new Waiting(null));

        assertThat(answers[0].join()).isEqualTo(List.of());
        assertThat(answers[1].join()).isEqualTo(new Taking.Taken(List.of(0L)));
        assertThat(answers[2].join()).isEqualTo(true);
    }

    static List<Throwable> whatIsThrownFailsTheStage() {
        return List.of(new IllegalStateException("away"), new StackOverflowError());
    }

    @ParameterizedTest
    @MethodSource
    void whatIsThrownFailsTheStage(Throwable thrown) {
        for (CompletableFuture<?> answer : all(new Waiting(thrown))) {
            assertThat(answer).isCompletedExceptionally();
            assertThat(answer.handle((value, failure) -> failure.getCause()).join())
                    .isSameAs(thrown);
        }
    }

    @Test
    void aQuestionIsShownByItsKeyAlone() {
        Asker alice = new Asker("alice", Optional.empty(), Map.of());
        Question question = new Question(
                "k-1", "prod", alice, "pay", "{\"note\":\"s3cr3t\"}", List.of(new Question.Asking("/r", "over 5")));

        assertThat(question).hasToString("Question[k-1]");
    }
}
