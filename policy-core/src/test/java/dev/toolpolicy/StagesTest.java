package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** What was thrown in the first place is told, and nothing that lies deeper. */
class StagesTest {
    @Test
    void onlyWhatStagesWrapIsTakenOff() {
        IllegalStateException own = new IllegalStateException("own", new IllegalArgumentException("deeper"));

        assertThat(Stages.cause(own)).isSameAs(own);
        assertThat(Stages.cause(new CompletionException(new CompletionException(own))))
                .isSameAs(own);
        CompletionException bare = new CompletionException("of nothing", null);
        assertThat(Stages.cause(bare)).isSameAs(bare);
    }
}
