package dev.toolpolicy.examples.gateway.stdio;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.toolpolicy.audit.AuditVerifier;
import dev.toolpolicy.examples.gateway.GatewayProgram;
import dev.toolpolicy.examples.gateway.ScriptedServer;
import dev.toolpolicy.examples.gateway.Started;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StdioGatewayTest {
    private static final String UNKNOWN_HIDDEN = "{\"jsonrpc\":\"2.0\",\"id\":1,\"error\":{\"code\":-32602,"
            + "\"message\":\"Tool %1$s not found\",\"data\":{\"tool\":\"%1$s\"}}}";

    @TempDir
    private Path folder;

    private Path policy;
    private Path audit;
    private Path received;
    private Started gateway;

    @BeforeEach
    void start() throws IOException {
        policy = Files.copy(Path.of("src/test/resources/policies/gate.json"), folder.resolve("policy.json"));
        audit = folder.resolve("audit.jsonl");
        received = Files.createFile(folder.resolve("received"));
        start(
                "--approvals",
                "127.0.0.1:0",
                "--approvals-token-file",
                folder.resolve("token").toString());
    }

    private void start(String... more) {
        gateway = Started.java(GatewayProgram.class, command(more));
    }

    private List<String> command(String... more) {
        List<String> args = new ArrayList<>(
                List.of("--policy", policy.toString(), "--audit", audit.toString(), "--grant", "alice-laptop"));
        args.addAll(List.of(more));
        args.add("--");
        args.addAll(Started.javaCommand(ScriptedServer.class, List.of(received.toString())));
        return args;
    }

    @AfterEach
    void stop() throws Exception {
        gateway.close();
    }

    private static String request(int id, String method, String params) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + params + "}";
    }

    private static String call(int id, String tool, String arguments) {
        return request(id, "tools/call", "{\"name\":\"" + tool + "\",\"arguments\":" + arguments + "}");
    }

    private static String list(int id, String cursor) {
        return request(id, "tools/list", cursor.isEmpty() ? "{}" : "{\"cursor\":\"" + cursor + "\"}");
    }

    private String answer(String message) throws InterruptedException {
        gateway.send(message);
        return gateway.next();
    }

    private void endsWith(int code) throws InterruptedException {
        gateway.goes();
        assertThat(gateway.exitCode()).isEqualTo(code);
    }

    private List<String> received() throws IOException {
        return Files.readAllLines(received);
    }

    @Test
    void whatIsAllowedRunsAndWhatIsDeniedDoesNotReachTheServer() throws Exception {
        assertThat(answer(call(1, "write_x", "{\"amount\":99.000000000000000001}")))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{\"content\":[{\"type\":\"text\",\"text\":"
                        + "\"{\\\"amount\\\":99.000000000000000001}\"}],\"unknown\":1.50}}");
        assertThat(answer(call(2, "write_x", "{\"amount\":987654321012345}")))
                .contains("at most 100 at once", "\"isError\":true");
        assertThat(answer(call(3, "limited", "{}"))).contains("\"unknown\"");
        assertThat(answer(call(4, "limited", "{}"))).contains("\"unknown\"");
        assertThat(answer(call(5, "limited", "{}"))).contains("two a day", "retryAfterSeconds");
        assertThat(answer(call(6, "asked", "{}"))).contains("a person looks at this first", "approvalId");
        assertThat(answer(call(7, "fail", "{}"))).contains("\"isError\":true");
        endsWith(0);
        assertThat(received()).hasSize(4).noneMatch(line -> line.contains("987654321012345") || line.contains("asked"));
        assertThat(AuditVerifier.verify(audit).ok()).isTrue();
        assertThat(Files.readString(audit))
                .contains("\"outcome\":\"RATE_LIMITED\"", "\"outcome\":\"NEEDS_APPROVAL\"", "alice-laptop")
                .containsOnlyOnce("FAILED")
                .doesNotContain("987654321012345");
    }

    @Test
    void listsAreFilteredOnEveryPage() throws Exception {
        assertThat(answer(list(1, "")))
                .isEqualTo("{\"id\":1,\"jsonrpc\":\"2.0\",\"result\":{\"_meta\":{\"x\":1},\"cacheScope\":\"private\","
                        + "\"nextCursor\":\"two\",\"tools\":[{\"name\":\"read_x\",\"vendor\":{\"a\":[1.5],\"z\":1}},"
                        + "{\"annotations\":{\"readOnlyHint\":false},\"name\":\"write_x\"},{\"name\":\"forbidden\"}],"
                        + "\"ttlMs\":10000}}");
        assertThat(answer(list(2, "two")))
                .isEqualTo("{\"id\":2,\"jsonrpc\":\"2.0\",\"result\":{\"nextCursor\":\"three\",\"tools\":[]}}");
        String unreadable = "\"error\":{\"code\":-32603,\"message\":\"the server's list of tools cannot be read\"}";
        int id = 3;
        for (String page : List.of("twice", "nameless", "no-list", "no-json", "both")) {
            assertThat(answer(list(id, page)))
                    .as(page)
                    .contains("\"id\":" + id, unreadable)
                    .doesNotContain("secret");
            id++;
        }
        assertThat(answer(list(9, "error"))).contains("bad cursor");
        // A server that answers something else with a list, or a list to nobody.
        String page =
                "{\\\"jsonrpc\\\":\\\"2.0\\\",\\\"id\\\":77,\\\"result\\\":{\\\"tools\\\":[{\\\"name\\\":\\\"secret_key\\\"}]}}";
        assertThat(answer(request(10, "odd", "{\"line\":\"" + page + "\"}")))
                .isEqualTo("{\"id\":77,\"jsonrpc\":\"2.0\",\"result\":{\"tools\":[]}}");
    }

    @Test
    void aListOfWhatIsAllowedOnly() throws Exception {
        gateway.close();
        Files.deleteIfExists(audit);
        Files.deleteIfExists(folder.resolve("audit.jsonl.head"));
        start(
                "--approvals",
                "127.0.0.1:0",
                "--approvals-token-file",
                folder.resolve("token").toString(),
                "--list-only-allowed");
        assertThat(answer(list(1, ""))).contains("read_x", "write_x").doesNotContain("forbidden", "delete_x");
    }

    @Test
    void aHiddenToolIsAnsweredByTheServerAsOneThatItHasNot() throws Exception {
        assertThat(answer(call(1, "delete_x", "{\"id\":\"7\"}"))).isEqualTo(UNKNOWN_HIDDEN.formatted("delete_x"));
        assertThat(answer(call(1, "made_up", "{\"id\":\"7\"}"))).isEqualTo(UNKNOWN_HIDDEN.formatted("made_up"));
        assertThat(received()).hasSize(2).noneMatch(line -> line.contains("delete_x") || line.contains("\"7\""));
    }

    @Test
    void theRestPassesUntouchedAndInOrder() throws Exception {
        gateway.send(call(1, "ask", "{}"));
        assertThat(gateway.next())
                .isEqualTo(
                        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"sampling/createMessage\",\"params\":{\"x\":1.50}}");
        assertThat(gateway.next()).contains("notifications/progress");
        assertThat(gateway.next()).contains("\"result\"");
        List<String> sent = List.of(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{ \"model\" : 1.50 }}",
                "{ \"jsonrpc\" : \"2.0\", \"method\" : \"notifications/cancelled\", \"params\":{\"requestId\":99}}",
                "{\"vendor\":1.0,\"jsonrpc\":\"2.0\",\"method\":\"notifications/vendor\",\"params\":[1]}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"method\":\"ping\"}");
        sent.forEach(gateway::send);
        assertThat(gateway.next()).isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}");
        assertThat(received().subList(1, 5)).isEqualTo(sent);
    }

    @Test
    void anIdIsNotTakenTwiceAtATime() throws Exception {
        gateway.send(request(5, "silence", "{}"));
        assertThat(answer(list(5, ""))).contains("\"id\":5", "the `id` is that of a request without an answer");
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"id\":5.0,\"method\":\"ping\"}"))
                .contains("without an answer");
        assertThat(answer("{\"jsonrpc\":\"2.0\",\"id\":\"5\",\"method\":\"ping\"}"))
                .contains("\"result\":{}");
        assertThat(answer(call(5, "read_x", "{}"))).contains("without an answer");
        waitFor(audit, "the `id` is that of a request without an answer", 3);
        // A late list, after its request was cancelled, is a list still.
        gateway.send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":5}}");
        assertThat(answer(list(6, ""))).doesNotContain("delete_x");
    }

    @Test
    void whatIsTooLongIsRefusedAndTheNextIsRead() throws Exception {
        byte[] part = "x".repeat(1 << 20).getBytes(UTF_8);
        gateway.send("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"".getBytes(UTF_8));
        for (int i = 0; i < 64; i++) gateway.send(part);
        gateway.send("\"}}");
        assertThat(gateway.next()).contains("\"id\":null", "the message has more than 4 MiB");
        assertThat(answer(request(2, "ping", "{}"))).contains("\"id\":2");
        assertThat(received()).hasSize(1);
    }

    @Test
    void whatIsBrokenIsRefusedAndTheNextIsRead() throws Exception {
        assertThat(answer("[]")).contains("batches");
        assertThat(answer("nonsense")).contains("-32700");
        gateway.send("{\"jsonrpc\":\"2.0\",\"method\":\"tools/call\",\"params\":{\"name\":\"read_x\"}}");
        assertThat(answer(request(2, "ping", "{}"))).contains("\"id\":2");
        assertThat(received()).hasSize(1);
        endsWith(0);
        assertThat(Files.readAllLines(audit))
                .filteredOn(line -> line.contains("MALFORMED") || line.contains("malformed"))
                .hasSize(3);
    }

    @Test
    void aServerThatDiesMidCallEndsTheGatewayWithItsCode() throws Exception {
        gateway.send(call(1, "die", "{}"));
        gateway.said("the server says farewell");
        assertThat(gateway.exitCode()).isEqualTo(7);
        assertThat(gateway.rest()).isEmpty();
        assertThat(Files.readString(audit)).contains("\"outcome\":\"ALLOW\"", "FAILED");
        assertThat(AuditVerifier.verify(audit).ok()).isTrue();
    }

    @Test
    void aSlowClientGetsEverything() throws Exception {
        byte[] message = call(1, "echo", "{\"a\":\"b\"}").getBytes(UTF_8);
        for (byte b : message) gateway.send(new byte[] {b});
        gateway.send("\n".getBytes(UTF_8));
        assertThat(gateway.next()).contains("{\\\"a\\\":\\\"b\\\"}");
    }

    @Test
    void aChangedFileIsFollowedAndTheClientIsTold() throws Exception {
        assertThat(answer(request(0, "initialize", "{}"))).contains("listChanged");
        assertThat(answer(call(1, "read_x", "{}"))).contains("\"result\"");
        replacePolicy("not a policy");
        gateway.said("stays in force");
        assertThat(answer(call(2, "read_x", "{}"))).contains("\"result\"");
        replacePolicy(
                "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"read_x\":{\"action\":\"deny\",\"reason\":\"no more\"}}}");
        gateway.said("another policy is in force");
        assertThat(gateway.next()).isEqualTo("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/tools/list_changed\"}");
        assertThat(answer(call(3, "read_x", "{}"))).contains("no more");
    }

    @Test
    void aClientThatReadsNothingKeepsNoPolicyFromComingIntoForce() throws Exception {
        gateway.close();
        audit = folder.resolve("another.jsonl");
        replacePolicy("{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"echo\":{}}}");
        Process deaf = new ProcessBuilder(Started.javaCommand(GatewayProgram.class, command()))
                .redirectError(folder.resolve("err").toFile())
                .start();
        try (java.io.OutputStream in = deaf.getOutputStream()) {
            // More than a pipe holds.
            String long_ = call(1, "echo", "{\"a\":\"" + "x".repeat(100_000) + "\"}");
            in.write((request(0, "initialize", "{}") + "\n" + long_ + "\n").getBytes(UTF_8));
            in.flush();
            waitFor(received, "tools/call", 1);
            for (int i = 1; i <= 4; i++) {
                replacePolicy("{\"version\":\"1\",\"default\":\"deny\",\"description\":\"" + i + "\"}");
                waitFor(audit, "\"type\":\"reload\"", i);
            }
        } finally {
            deaf.descendants().forEach(ProcessHandle::destroyForcibly);
            deaf.destroyForcibly().onExit().get(30, java.util.concurrent.TimeUnit.SECONDS);
        }
    }

    private static void waitFor(Path file, String part, int times) throws IOException, InterruptedException {
        long end = System.nanoTime() + java.util.concurrent.TimeUnit.SECONDS.toNanos(30);
        while (!Files.exists(file) || Files.readString(file).split(part, -1).length <= times) {
            assertThat(System.nanoTime()).as("%s times %s", times, part).isLessThan(end);
            Thread.sleep(20); // another process writes the file, and there is no event to wait for
        }
    }

    @Test
    void aHangupIsLookedAtWithoutEnding() throws Exception {
        assumeThat(System.getProperty("os.name")).doesNotStartWith("Windows");
        assertThat(answer(request(0, "ping", "{}"))).contains("\"result\"");
        replacePolicy("{\"version\":\"1\",\"default\":\"deny\"}");
        new ProcessBuilder("kill", "-HUP", String.valueOf(gateway.process().pid()))
                .start()
                .waitFor();
        gateway.said("another policy is in force");
        assertThat(answer(call(1, "read_x", "{}"))).contains("not found");
    }

    private void replacePolicy(String text) throws IOException {
        Path fresh = Files.writeString(folder.resolve("fresh"), text);
        Files.move(fresh, policy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void endedFromOutsideItTakesTheServerWithIt() throws Exception {
        assertThat(answer(request(0, "ping", "{}"))).contains("\"result\"");
        List<ProcessHandle> children = gateway.process().children().toList();
        assertThat(children).hasSize(1);
        gateway.process().destroy();
        gateway.exitCode();
        children.get(0).onExit().get(30, java.util.concurrent.TimeUnit.SECONDS);
        assertThat(AuditVerifier.verify(audit).ok()).isTrue();
    }
}
