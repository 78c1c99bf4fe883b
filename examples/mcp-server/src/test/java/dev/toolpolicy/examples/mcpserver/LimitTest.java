package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.mcpserver.demo.Agent;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** However many clients call at once, what is admitted is what the policy says, and what is charged is what was admitted. */
class LimitTest {
    private static final int CLIENTS = 4;
    private static final int THREADS_EACH = 4;
    private static final int CALLS_EACH = 10;
    /** At 12.50, of the policy's 1000. */
    private static final int ADMITTED = 80;

    @Test
    void callsAtOnceAreAdmittedExactlyToTheLimit(@TempDir Path folder) throws Exception {
        Site site = new Site(folder);
        List<Agent> agents = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS * THREADS_EACH);
        try (Site.Http server = new Site.Http(site)) {
            for (int i = 0; i < CLIENTS; i++) agents.add(Agent.overHttp(server.address, site.premises.alice()));
            CountDownLatch together = new CountDownLatch(CLIENTS * THREADS_EACH);
            List<Future<Integer>> admitted = new ArrayList<>();
            for (Agent agent : agents) {
                for (int i = 0; i < THREADS_EACH; i++) admitted.add(threads.submit(() -> charge(agent, together)));
            }
            int sum = 0;
            for (Future<Integer> one : admitted) sum += one.get();

            assertThat(sum).isEqualTo(ADMITTED);
            assertThat(site.recorded("decision"))
                    .hasSize(CLIENTS * THREADS_EACH * CALLS_EACH)
                    .filteredOn(line -> line.get("outcome").asText().equals("ALLOW"))
                    .hasSize(ADMITTED);
            RawHttp alice = RawHttp.begun(server.address, site.premises.alice());
            assertThat(alice.call("{\"name\":\"list_charges\"}").split("12.50 usd", -1))
                    .hasSize(ADMITTED + 1);
        } finally {
            threads.shutdownNow();
            agents.forEach(Agent::close);
        }
    }

    private static int charge(Agent agent, CountDownLatch together) throws InterruptedException {
        together.countDown();
        together.await();
        int admitted = 0;
        for (int i = 0; i < CALLS_EACH; i++) {
            CallToolResult result =
                    agent.call("create_charge", Map.of("customer", "Acme", "amount", 12.5, "currency", "usd"));
            if (!Boolean.TRUE.equals(result.isError())) admitted++;
            else assertThat(result.meta()).containsEntry("dev.toolpolicy/code", "RATE_LIMITED");
        }
        return admitted;
    }
}
