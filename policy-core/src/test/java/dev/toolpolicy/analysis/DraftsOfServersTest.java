package dev.toolpolicy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Golden;
import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import dev.toolpolicy.document.PolicyParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The drafts for four public servers: as a person reads them, and against the classes that a person gave. */
class DraftsOfServersTest {
    private static final Path DRAFTS = Path.of("src/test/resources/drafts");

    /** What people who looked at the servers made of their tools; what is not written here is a read. */
    private static final Map<Risk, List<String>> BY_HAND = Map.of(
            Risk.WRITE,
            List.of(
                    "create_queue",
                    "create_exchange",
                    "create_binding",
                    "publish_message",
                    "get_wallet_address",
                    "connect_websocket",
                    "cancel_order",
                    "zmq_publish",
                    "zmq_pair_connect",
                    "zmq_pair_bind",
                    "zmq_listen_reply"),
            Risk.EXECUTE,
            List.of("zs_execute", "zmq_send_request"),
            Risk.DESTRUCTIVE,
            List.of("delete_queue", "delete_exchange", "delete_binding", "purge_queue"),
            Risk.FINANCIAL,
            List.of(
                    "auto_swap",
                    "submit_signed_swap",
                    "place_limit_order",
                    "place_trailing_order",
                    "place_twap_order",
                    "place_limit_trailing_order",
                    "extend_order",
                    "place_limit_twap_order",
                    "place_trailing_twap_order",
                    "place_limit_trailing_twap_order"));

    @ParameterizedTest
    @ValueSource(strings = {"mcp-zmq", "queue-pilot", "trade-router", "zobr-script"})
    void theDraftOfAServerIsTheOneThatWasRead(String server) throws IOException {
        PolicyDraft draft = draft(server);

        Golden.assertMatches(DRAFTS.resolve(server + ".json"), draft.toJson());
        Golden.assertMatches(DRAFTS.resolve(server + ".txt"), draft.report());
        PolicyParser.standard().parse(draft.toJson()).orThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp-zmq", "queue-pilot", "trade-router", "zobr-script"})
    void noToolIsClassedLowerThanByHandAndHigherOnlyWithADoubt(String server) throws IOException {
        Map<String, Risk> byHand = new HashMap<>();
        BY_HAND.forEach((risk, tools) -> tools.forEach(tool -> byHand.put(tool, risk)));

        assertThat(draft(server).tools()).isNotEmpty().allSatisfy(tool -> {
            Risk risk = byHand.getOrDefault(tool.name(), Risk.READ);
            assertThat(tool.risk()).isGreaterThanOrEqualTo(risk);
            if (tool.risk() != risk) assertThat(tool.unsure()).isNotEmpty();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = "trade-router")
    void whateverMovesMoneyAsksAPerson(String server) throws IOException {
        List<String> asking = draft(server).tools().stream()
                .filter(tool -> tool.risk() == Risk.FINANCIAL)
                .map(Drafted::name)
                .toList();

        assertThat(asking).containsAll(BY_HAND.getOrDefault(Risk.FINANCIAL, List.of()));
    }

    private static PolicyDraft draft(String server) throws IOException {
        return PolicyDraft.from(Files.readString(DRAFTS.resolve(server + ".tools.json")));
    }
}
