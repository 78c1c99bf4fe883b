package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A call that came to nothing does not use up the limit; the third that did what it was asked waits. */
class CountedCallsTest {
    @Test
    void whatCameToNothingIsGivenBack() {
        Policy policy = PolicyParser.standard().parse("""
                        { "version": "1", "default": "deny",
                          "tools": { "send": { "rate_limit": { "max": 2, "window": "day" } } } }""").orThrow();
        List<ToolCall> calls = Stream.of("{\"to\":\"nobody\"}", "{}", "{}", "{}")
                .map(arguments -> ToolCall.parse(Identity.of("alice-laptop"), "send", arguments))
                .toList();

        List<Decision> decisions = CountedCalls.run(policy, calls, arguments -> !arguments.contains("nobody"));

        assertThat(decisions).extracting(Decision::allowed).containsExactly(true, true, true, false);
        assertThat(decisions.get(3)).isInstanceOf(Decision.RateLimited.class);
    }
}
