package dev.toolpolicy.examples.gateway.rpc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A hidden tool is not told from one that the server has not, whatever the policy says of all names alike. */
class HiddenTest {
    private static final Identity MALLORY = Identity.of("mallory");
    private static final List<String> POLICIES = List.of(
            // The first calls spend what all tools share.
            "{'version':'1','default':'allow','hide':['x_hidden'],"
                    + "'all_tools':{'limits':[{'counter':'c','window':'day','max':1,'scope':'grant'}]}}",
            "{'version':'1','default':'allow','hide':['x_hidden'],"
                    + "'all_tools':{'require':[{'path':'args.a','op':'eq','value':1}]}}",
            "{'version':'1','default':'allow','hide':['x_hidden'],"
                    + "'groups':[{'tools':['x_*'],'deny_if':[{'conditions':[]}]}]}",
            "{'version':'1','default':'deny','hide':['x_hidden'],'tools':{'x_*':{'action':'deny','reason':'no'}}}",
            "{'version':'1','default':'deny','hide':['x_hidden'],'tools':{'x_*':{'rate_limit':{'max':1,'window':60}}}}",
            "{'version':'1','default':'deny','hide':['x_hidden']}");

    @Test
    void isAnsweredAsOneThatTheServerHasNot() {
        for (String policy : POLICIES) {
            Gate gate = gate(policy);
            List<String> calls = List.of("x_first", "x_hidden", "x_made_up");
            assertThat(calls)
                    .as(policy)
                    .allSatisfy(tool -> assertThat(becomes(gate, tool)).isEqualTo("answered by the server"));
        }
    }

    @Test
    void whatIsSaidOfAToolByItsNameOrIsKnownToBeThereIsTold() {
        String policy = "{'version':'1','default':'deny','tools':{'pay':{'action':'deny','reason':'no'},"
                + "'x_*':{'action':'deny','reason':'no'}}}";
        Gate gate = gate(policy);
        assertThat(becomes(gate, "pay")).contains("TOOL_DENIED");
        gate.list(
                MALLORY,
                0L,
                "{\"jsonrpc\":\"2.0\",\"id\":0,\"result\":{\"tools\":[{\"name\":\"x_1\"}]}}".getBytes(UTF_8));
        assertThat(becomes(gate, "x_1")).contains("TOOL_DENIED");
        assertThat(becomes(gate, "x_2")).isEqualTo("answered by the server");
    }

    private static Gate gate(String policy) {
        Policy parsed = PolicyParser.standard().parse(policy.replace('\'', '"')).orThrow();
        return Gate.of(
                Evaluator.builder(parsed).counters(Bucket4jCounters.inMemory()).build());
    }

    private static String becomes(Gate gate, String tool) {
        String call = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool + "\"}}";
        Noted noted = new Noted();
        gate.read(MALLORY, call.getBytes(UTF_8), noted).ifPresent(message -> gate.judge(MALLORY, message, noted));
        assertThat(noted.happened).hasSize(1);
        return noted.happened.get(0);
    }

    private static final class Noted implements Exchange {
        private static final String BY_SERVER = "answered by the server";
        private final List<String> happened = new ArrayList<>();

        @Override
        public void pass(ClientMessage message) {
            happened.add(BY_SERVER);
        }

        @Override
        public CompletionStage<Outcome> call(ClientMessage message, byte[] judged) {
            happened.add(BY_SERVER);
            return CompletableFuture.completedFuture(Outcome.FAILED);
        }

        @Override
        public void ask(ClientMessage message, byte[] instead, Decoy decoy) {
            happened.add(BY_SERVER);
        }

        @Override
        public void answer(byte[] answer) {
            happened.add(new String(answer, UTF_8));
        }

        @Override
        public void reject(byte[] error) {
            happened.add(new String(error, UTF_8));
        }

        @Override
        public void drop() {
            happened.add("dropped");
        }
    }
}
