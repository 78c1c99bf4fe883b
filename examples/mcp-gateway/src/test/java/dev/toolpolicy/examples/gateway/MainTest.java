package dev.toolpolicy.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.gateway.http.GrantFile;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int execute(String... args) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        return line.execute(Main.withCommand(args));
    }

    @Test
    void helpIsPinned() {
        List<String[]> asked = List.of(
                new String[] {"--help"},
                new String[] {"run", "--help"},
                new String[] {"grant", "--help"},
                new String[] {"approvals", "--help"},
                new String[] {"check", "--help"},
                new String[] {"test", "--help"},
                new String[] {"explain", "--help"},
                new String[] {"draft", "--help"});
        for (String[] args : asked) {
            out.append("$ mcp-gateway ").append(String.join(" ", args)).append('\n');
            assertThat(execute(args)).isZero();
            out.append('\n');
        }
        Golden.check("help.txt", out.toString().replace("\r\n", "\n"));
    }

    @Test
    void startsThatCannotBeArePinned() throws Exception {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            startsThatCannotBe("127.0.0.1:" + busy.getLocalPort());
        }
    }

    private void startsThatCannotBe(String taken) throws Exception {
        Path asks = Files.writeString(
                folder.resolve("asks.json"),
                "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"pay\":{\"action\":\"require_approval\",\"reason\":\"x\"}}}");
        Path open = Files.writeString(folder.resolve("open.json"), "{\"version\":\"1\",\"default\":\"allow\"}");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"version\":\"1\"}");
        Path grants = Files.writeString(folder.resolve("grants"), "alice-laptop sha1:00\n");
        String log = folder.resolve("audit.jsonl").toString();
        List<List<String>> starts = List.of(
                List.of(),
                List.of("--policy", open.toString()),
                List.of("--policy", open.toString(), "--upstream", "http://127.0.0.1:1/mcp"),
                List.of("--policy", open.toString(), "--upstreem", "http://127.0.0.1:1/mcp"),
                List.of("--policy", broken.toString(), "--", "server"),
                List.of("--policy", folder.resolve("none.json").toString(), "--", "server"),
                List.of("--policy", asks.toString(), "--", "server"),
                List.of("--policy", asks.toString(), "--approvals", "127.0.0.1:0", "--", "server"),
                List.of(
                        "--policy",
                        open.toString(),
                        "--approvals",
                        "0.0.0.0:0",
                        "--approvals-token-file",
                        "token",
                        "--",
                        "server"),
                List.of("--policy", open.toString(), "--grant", "", "--", "server"),
                List.of("--policy", open.toString(), "--audit", log, "--audit-key-file", "no-key", "--", "server"),
                List.of(
                        "--policy",
                        open.toString(),
                        "--approvals",
                        "127.0.0.1:0",
                        "--approver",
                        "alice",
                        "--grant",
                        "alice",
                        "--approvals-token-file",
                        "token",
                        "--",
                        "server"),
                List.of(
                        "--policy",
                        open.toString(),
                        "--approvals",
                        taken,
                        "--approvals-token-file",
                        "token",
                        "--",
                        "server"),
                List.of(
                        "--policy",
                        open.toString(),
                        "--approvals",
                        "127.0.0.1:0",
                        "--approvals-token-file",
                        folder.resolve("none/token").toString(),
                        "--",
                        "server"),
                List.of(
                        "--policy",
                        open.toString(),
                        "--upstream",
                        "http://127.0.0.1:1/mcp",
                        "--listen",
                        taken,
                        "--grants",
                        Files.writeString(folder.resolve("none-yet"), "").toString()),
                http(open, folder.resolve("no-grants"), "http://127.0.0.1:1/mcp"),
                http(open, grants, "http://127.0.0.1:1/mcp"),
                http(open, Files.writeString(folder.resolve("empty"), ""), "ftp://127.0.0.1/mcp"));
        StringBuilder told = new StringBuilder();
        for (List<String> args : starts) {
            try (Started started = Started.java(GatewayProgram.class, args)) {
                started.goes();
                told.append("$ mcp-gateway ").append(String.join(" ", args)).append('\n');
                assertThat(started.exitCode()).as(String.join(" ", args)).isEqualTo(2);
                assertThat(started.rest()).isEmpty();
                started.errors().forEach(line -> told.append(line).append('\n'));
                told.append('\n');
            }
        }
        Golden.check(
                "not-started.txt",
                told.toString().replace(folder.toString() + "/", "").replace(taken, "127.0.0.1:TAKEN"));
    }

    private static List<String> http(Path policy, Path grants, String upstream) {
        return new ArrayList<>(List.of(
                "--policy",
                policy.toString(),
                "--upstream",
                upstream,
                "--listen",
                "127.0.0.1:0",
                "--grants",
                grants.toString()));
    }

    @Test
    void aGrantIsATokenThatIsShownOnce() throws Exception {
        Path grants = folder.resolve("grants");
        assertThat(execute("grant", "alice-laptop", "--grants", grants.toString(), "--attribute", "tenant=acme"))
                .isZero();
        assertThat(execute("grant", "bob", "--grants", grants.toString())).isZero();
        String token = out.toString().lines().findFirst().orElseThrow();
        assertThat(token).hasSize(43);
        assertThat(Files.readAllLines(grants))
                .hasSize(2)
                .first()
                .asString()
                .startsWith("alice-laptop sha256:")
                .endsWith(" tenant=acme")
                .doesNotContain(token);
        assertThat(GrantFile.read(grants)).isNotNull();
        assertThat(execute("grant", "a b", "--grants", grants.toString())).isEqualTo(2);
        assertThat(execute("grant", "a", "--attribute", "x=y z", "--grants", grants.toString()))
                .isEqualTo(2);
        assertThat(execute("grant", "a", "--attribute", "grant=b", "--grants", grants.toString()))
                .isEqualTo(2);
        assertThat(Files.readAllLines(grants)).hasSize(2);
    }

    @Test
    void aGrantIsALineOfItsOwnWhereTheOneBeforeHasNoEnd() throws Exception {
        Path grants = Files.writeString(folder.resolve("grants"), GrantFile.line("alice-laptop", "token", Map.of()));
        assertThat(execute("grant", "bob", "--grants", grants.toString())).isZero();
        assertThat(Files.readAllLines(grants)).hasSize(2);
        assertThat(GrantFile.read(grants)).isNotNull();
    }

    @Test
    void anArgumentOfTheServerIsNoFileOfArguments() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "--help");
        assertThat(execute("run", "--policy", "none.json", "--", "@" + file)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
    }
}
