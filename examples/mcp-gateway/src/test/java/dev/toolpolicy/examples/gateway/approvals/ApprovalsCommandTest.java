package dev.toolpolicy.examples.gateway.approvals;

import static dev.toolpolicy.examples.gateway.approvals.Office.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Identity;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class ApprovalsCommandTest {
    private final Office office = Office.with(
            options -> options.approvers((question, who) -> !question.tool().equals("drop_database")), "carol");

    @AfterEach
    void close() {
        office.close();
    }

    private record Ended(int exit, String out, String err) {}

    @Command(name = "gateway")
    private static final class Gateway {}

    /** As the gateway's own command line has it. */
    private static Ended run(Map<String, String> environment, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = new CommandLine(new Gateway())
                .addSubcommand(new ApprovalsCommand(environment::get, ZoneOffset.UTC))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        return new Ended(exit, out.toString(), err.toString());
    }

    private Ended approvals(String... arguments) {
        List<String> all = new ArrayList<>(List.of("approvals"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("--at", office.page.address().toString()));
        return run(Map.of(ApprovalsCommand.TOKEN_VARIABLE, office.token), all.toArray(String[]::new));
    }

    private static void assertOneLine(Ended ended, int exit, String line) {
        assertThat(ended).isEqualTo(new Ended(exit, "", line + System.lineSeparator()));
    }

    @Test
    void whatWaitsIsListedOldestFirstAndInFull() {
        String first = office.asks("create_charge", "{\"amount\":750.5,\"to\":\"\\u001b[2J\u202e\"}");
        office.later(Duration.ofMinutes(1));
        String second = office.asks(Identity.of("bob"), "drop_database", "{}");
        Ended list = approvals("list");
        Golden.assertMatches("command.txt", list.out().replace(first, "<first>").replace(second, "<second>"));
        assertThat(list.exit()).isZero();
        assertThat(list.err()).isEmpty();
        assertThat(approvals("list", second).out())
                .startsWith("1 call waits.\n\n" + second + "\n")
                .doesNotContain(first);
    }

    @Test
    void nothingWaits() {
        assertThat(approvals("list")).isEqualTo(new Ended(0, "Nothing waits.\n", ""));
    }

    @Test
    void anApprovedCallRunsOnce() {
        String id = office.asks("create_charge", "{}");
        assertThat(approvals("approve", id))
                .isEqualTo(new Ended(
                        0,
                        "Approved: create_charge may run once, with these arguments, until 2026-03-01 12:30:00 +00:00.\n",
                        ""));
        assertThat(office.decide(ALICE, "create_charge", "{}")).isInstanceOf(Decision.Allow.class);
    }

    @Test
    void aRejectionKeepsItsReason() {
        String id = office.asks("create_charge", "{}");
        assertThat(approvals("reject", id, "--why", "not \u20ac today"))
                .isEqualTo(new Ended(
                        0,
                        "Rejected: create_charge with these arguments is denied until 2026-03-01 12:30:00 +00:00.\n",
                        ""));
        assertThat(office.desk.find(id).orElseThrow().why()).isEqualTo("not \u20ac today");
    }

    @Test
    void whatTheDeskRefusesEndsWithOne() {
        String settled = office.asks("t", "{}");
        office.desk.reject(settled, "d\u202eave", "");
        String lapsed = office.asks("u", "{}");
        office.later(Duration.ofMinutes(31));
        String forbidden = office.asks("drop_database", "{}");
        assertOneLine(
                approvals("approve", settled),
                1,
                "Nothing has changed. The question has lapsed; the agent has to ask again.");
        assertOneLine(
                approvals("reject", lapsed),
                1,
                "Nothing has changed. The question has lapsed; the agent has to ask again.");
        assertOneLine(
                approvals("approve", "0".repeat(32)),
                1,
                "Nothing has changed. There is no such question, or it was over long ago.");
        assertOneLine(
                approvals("approve", forbidden),
                1,
                "Nothing has changed. You may not give this answer: the host's rule does not let this person answer.");
        String other = office.asks("v", "{}");
        office.desk.reject(other, "d\u202eave", "");
        assertOneLine(approvals("approve", other), 1, "Nothing has changed. \"d\\u202eave\" has rejected it already.");
        assertOneLine(approvals("list", other), 1, "\"d\\u202eave\" has rejected it already.");
    }

    @Test
    void theTokenMayBeInAFile(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), office.token + "\n");
        String at = office.page.address().toString();
        assertThat(run(Map.of(), "approvals", "--token-file", file.toString(), "--at", at, "list")
                        .exit())
                .isZero();
        assertOneLine(
                run(Map.of(), "approvals", "list", "--at", at, "--token-file", folder.toString() + "/none"),
                2,
                "the token file cannot be read");
    }

    @Test
    void aWrongTokenEndsWithTwo() {
        String at = office.page.address().toString();
        Map<String, String> wrong = Map.of(ApprovalsCommand.TOKEN_VARIABLE, ApprovalToken.fresh());
        assertOneLine(run(wrong, "approvals", "list", "--at", at), 2, "the token is missing or wrong");
        assertOneLine(
                run(Map.of(), "approvals", "list", "--at", at),
                2,
                "there is no token: name its file with --token-file, or set TOOLPOLICY_APPROVALS_TOKEN");
    }

    @Test
    void nobodyAtTheAddressEndsWithTwo() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        assertOneLine(
                run(
                        Map.of(ApprovalsCommand.TOKEN_VARIABLE, office.token),
                        "approvals",
                        "list",
                        "--at",
                        "http://127.0.0.1:" + port),
                2,
                "nobody answers at http://127.0.0.1:" + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/",
                "http://example.com/",
                "http://127.0.0.1.example.com/",
                "http://127.0.0.1@example.com/",
                "127.0.0.1:80",
                "file:///",
                "http://[",
                "http:///"
            })
    void theTokenIsSentNowhereElse(String at) {
        assertOneLine(
                run(Map.of(ApprovalsCommand.TOKEN_VARIABLE, office.token), "approvals", "list", "--at", at),
                2,
                "the page is on this machine: its address is like http://127.0.0.1:8080/");
    }

    @Test
    void wrongUsageEndsWithTwo() {
        assertOneLine(approvals("approve", "1"), 2, "an ID is 32 hexadecimal digits, as list prints them");
        assertOneLine(
                run(Map.of(), "approvals", "list"), 2, "name the page with --at, as the gateway printed its address");
        assertThat(approvals("approve").exit()).isEqualTo(2);
        assertThat(approvals().err()).startsWith("Say list, approve or reject.");
        assertThat(approvals().exit()).isEqualTo(2);
        assertThat(approvals("reject", "0".repeat(32), "--why", "x".repeat(1_001))
                        .exit())
                .isEqualTo(2);
    }

    @Test
    void theHelpSaysWhatThereIs() {
        Golden.assertMatches("help.txt", run(Map.of(), "approvals", "--help").out());
    }
}
