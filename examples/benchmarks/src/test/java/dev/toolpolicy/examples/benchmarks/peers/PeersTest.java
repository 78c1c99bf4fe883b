package dev.toolpolicy.examples.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Without JMH and its clock. */
class PeersTest {
    @ParameterizedTest
    @EnumSource
    void everyoneAgreesOnEveryCall(Peer peer) throws Exception {
        assumeTrue(peer.runsHere());
        Peers peers = new Peers();
        peers.peer = peer;
        peers.tools = 10;
        peers.prepare();

        for (int call = 0; call < Rules.CALLS; call++)
            assertThat(peers.decide()).as("call %d", call).isEqualTo(Rules.allows(call));
    }

    @Test
    void whoDoesNotAgreeIsNotMeasured() {
        assertThatThrownBy(() -> Peer.agreed(call -> true, "somebody")).hasMessage("somebody does not agree on call 1");
    }

    @Test
    void theCallsAreOfToolsThatLieApart() {
        assertThat(new Rules(10_000).questions().stream().map(Rules.Question::tool))
                .contains("tool-0", "tool-9843")
                .doesNotHaveDuplicates();
    }
}
