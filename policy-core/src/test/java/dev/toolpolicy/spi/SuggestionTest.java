package dev.toolpolicy.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What was meant, if that can be told. */
class SuggestionTest {
    @Test
    void theNearestIsMeantAndNotTheFirstThatIsNear() {
        assertThat(Suggestion.nearest("max_requets", List.of("max_reqs", "max_requests")))
                .contains("max_requests");
        assertThat(Suggestion.nearest("ratelimit", List.of("ratelimits", "rate_limit")))
                .as("joined in another way")
                .contains("rate_limit");
    }

    @Test
    void nothingIsMeantByNothingNorByWhatIsLongerThanAnyWord() {
        String word = "w".repeat(64);

        assertThat(Suggestion.nearest("", List.of("a"))).isEmpty();
        assertThat(Suggestion.nearest(word, List.of(word.substring(1)))).isPresent();
        assertThat(Suggestion.nearest(word + "w", List.of(word))).isEmpty();
    }
}
