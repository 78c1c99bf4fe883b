package dev.toolpolicy.examples.mcpserver;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.approval.FileApprovals;
import dev.toolpolicy.audit.JsonLinesAudit;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.InvalidPolicyException;
import dev.toolpolicy.document.PolicyFile;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.catalina.LifecycleException;

/** The program: a server of notes and charges, over stdio or streamable HTTP. */
public final class NotesServer {
    private NotesServer() {}

    /** Serves until standard input ends, or, over HTTP, until the process is told to stop. */
    public static void main(String[] args) {
        CountDownLatch stop = new CountDownLatch(1);
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> endOrderly(stop, stopped)));
        int status = 0;
        try {
            serve(Settings.of(List.of(args)), stop);
        } catch (IllegalArgumentException | InvalidPolicyException e) {
            System.err.println(e.getMessage());
            status = 2;
        } catch (IOException | LifecycleException e) {
            // A file that is not there, a port that is taken: the name of the exception says which.
            System.err.println("the server ends: " + e);
            status = 2;
        } catch (Exception e) {
            e.printStackTrace();
            status = 1;
        } finally {
            stopped.countDown();
        }
        System.exit(status);
    }

    private static void serve(Settings settings, CountDownLatch stop) throws Exception {
        Path folder = Files.createDirectories(settings.data());
        byte[] key = Files.readAllBytes(settings.auditKey());
        Callers callers = Callers.in(settings.callers());
        // README from here
        try (JsonLinesAudit audit = JsonLinesAudit.builder(folder.resolve("audit.jsonl"))
                        .key(key)
                        .open();
                FileApprovals people =
                        FileApprovals.builder(folder.resolve("approvals")).build();
                PolicyFile policy = PolicyFile.watching(settings.policy(), PolicyParser.with(JsonSchema.validator()));
                Evaluator evaluator = Evaluator.builder(policy)
                        .counters(Bucket4jCounters.inMemory())
                        .approvals(people)
                        .mandatoryAudit(audit)
                        .build();
                // README to here
                Store store = Store.at("jdbc:h2:file:" + folder.resolve("store").toAbsolutePath());
                ApprovalDoor door = new ApprovalDoor(people, callers, settings.approvalsPort())) {
            // Not to standard output, which may be the transport.
            System.err.println("people answer at http://127.0.0.1:" + door.port() + "/questions");
            StrictJson json = new StrictJson();
            Serving serving = new Serving(evaluator, policy, Toolbox.over(store, json), json, stop);
            if (settings.grant().isPresent()) {
                PrintStream out = System.out;
                // Whatever else is printed would break the protocol.
                System.setOut(System.err);
                serving.overStdio(agent(callers, settings.grant().get()), System.in, out);
            } else {
                serving.overHttp(callers, settings.port(), folder.resolve("tomcat"));
            }
        }
    }

    private static Identity agent(Callers callers, String grant) {
        return callers.granted(grant)
                .orElseThrow(() -> new IllegalArgumentException("no agent has the grant that --as names"));
    }

    private static void endOrderly(CountDownLatch stop, CountDownLatch stopped) {
        stop.countDown();
        try {
            stopped.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
