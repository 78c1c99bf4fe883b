package dev.toolpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans of time are read as people write them, and nothing else is. */
class SpansTest {
    @ParameterizedTest
    @CsvSource({
        "30s, PT30S",
        "0s, PT0S",
        "1h30m, PT1H30M",
        "2d, PT48H",
        "1d1ns, PT24H0.000000001S",
        "29s750ms, PT29.75S",
        "999999999d, PT23999999976H"
    })
    void isRead(String text, Duration span) {
        assertThat(Spans.parse(text)).contains(span);
        assertThat(Spans.parse(Spans.text(span))).contains(span);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "s", "30", "30 s", "-30s", "+30s", "1.5s", "30s1h", "1s1s", "30S", "٣s", "1w", "9999999999s"
            })
    void isNone(String text) {
        assertThat(Spans.parse(text)).isEmpty();
    }

    @Test
    void anInstantIsReadOrReckonedFromNow() {
        Instant now = Instant.parse("2026-01-01T00:00:00Z");
        assertThat(Spans.instant("+1m", now)).contains(Instant.parse("2026-01-01T00:01:00Z"));
        assertThat(Spans.instant("2030-01-01T00:00:00Z", now)).contains(Instant.parse("2030-01-01T00:00:00Z"));
        assertThat(Spans.instant("+", now)).isEmpty();
        assertThat(Spans.instant("1m", now)).isEmpty();
        assertThat(Spans.instant("+999999999d", Instant.MAX)).isEmpty();
    }
}
