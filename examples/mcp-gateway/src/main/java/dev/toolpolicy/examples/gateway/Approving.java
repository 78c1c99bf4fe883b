package dev.toolpolicy.examples.gateway;

import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.approval.FileApprovals;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.examples.gateway.approvals.ApprovalToken;
import dev.toolpolicy.examples.gateway.approvals.ApprovalsPage;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a person answers, as the command line says. Without a place for that, a policy that asks is refused. */
final class Approving {
    @Option(
            names = "--approvals",
            paramLabel = "HOST:PORT",
            converter = HostAndPort.Converter.class,
            description = "Where a person answers what the policy asks: a page, on a loopback address.")
    private @Nullable HostAndPort page;

    @Option(
            names = "--approver",
            paramLabel = "NAME",
            description = "Who that person is, for the audit log (the user's name); never the name of a grant.")
    private String approver = System.getProperty("user.name", "operator");

    @Option(
            names = "--approvals-token-file",
            paramLabel = "FILE",
            description =
                    "Where the page's token is written, for its owner alone. Needed in front of a command, whose client could read "
                            + "what is printed; over HTTP it is printed if there is no file.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--approvals-journal",
            paramLabel = "FILE",
            description = "Where approvals outlive the process; else they are kept in memory.")
    private @Nullable Path journal;

    /** What keeps the questions; nothing if nobody could answer one. */
    Optional<ApprovalDesk> desk() {
        if (page == null) return Optional.empty();
        return Optional.of(
                journal == null
                        ? InMemoryApprovals.builder().build()
                        : FileApprovals.builder(journal).build());
    }

    /** What a started gateway writes to its standard error, the client reads that started it: and would answer its own questions. */
    void keepTokenFromClient() {
        if (page != null && tokenFile == null)
            throw new IllegalStateException(
                    "the client can read what is printed here: say where the page's token is written, with --approvals-token-file FILE");
    }

    /**
     * Who asks does not approve: a client that is called what the person is called could have nothing approved.
     *
     * @param grant of the one client there is
     */
    void keepApart(String grant) {
        if (page != null && approver.equals(grant))
            throw new IllegalStateException("who asks does not approve, and --grant and --approver are both " + grant
                    + ": give one another name");
    }

    /** Opens the page, and says where. */
    void open(Vertx vertx, ApprovalDesk desk, Console console) throws IOException {
        HostAndPort at = page;
        if (at == null) return;
        String token = ApprovalToken.fresh();
        ApprovalsPage opened = page(vertx, desk, at, token);
        if (tokenFile == null) {
            console.say("approvals token: " + token);
        } else {
            write(tokenFile, token);
            console.say("approvals token: in " + tokenFile);
        }
        console.say("approvals: " + opened.address());
    }

    private ApprovalsPage page(Vertx vertx, ApprovalDesk desk, HostAndPort at, String token) throws IOException {
        try {
            return ApprovalsPage.open(vertx, desk, at.host(), at.port(), token, approver);
        } catch (IllegalStateException e) {
            throw new IOException("the approvals page cannot listen on " + at + ": is the port in use?", e);
        }
    }

    private static void write(Path file, String token) throws IOException {
        try {
            OwnersFile.write(file, token + "\n");
        } catch (IOException e) {
            throw new IOException("the token of the approvals page cannot be written: " + file, e);
        }
    }
}
