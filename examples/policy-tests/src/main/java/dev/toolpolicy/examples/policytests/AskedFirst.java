package dev.toolpolicy.examples.policytests;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.FileApprovals;
import dev.toolpolicy.audit.AuditVerifier;
import dev.toolpolicy.audit.JsonLinesAudit;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyFile;
import dev.toolpolicy.document.PolicyParser;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/** A call that a person has to approve: asked, approved, run once; and what the audit log says of it. */
public final class AskedFirst {
    private static final Identity ALICE = Identity.of("alice-laptop");

    private AskedFirst() {}

    /** Shows it with the policy in the file that is named. */
    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        show(Path.of(args[0]), Files.createTempDirectory("toolpolicy"), out);
    }

    static void show(Path document, Path folder, PrintStream out) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Path log = folder.resolve("audit.jsonl");
        // README from here
        try (JsonLinesAudit audit = JsonLinesAudit.builder(log).key(key).open();
                FileApprovals people =
                        FileApprovals.builder(folder.resolve("approvals")).build();
                PolicyFile policy = PolicyFile.watching(document, PolicyParser.standard());
                Evaluator evaluator = Evaluator.builder(policy)
                        .counters(Bucket4jCounters.inMemory())
                        .approvals(people)
                        .mandatoryAudit(audit)
                        .build()) {
            ToolCall call = ToolCall.parse(ALICE, "create_charge", "{\"amount\": 750, \"to\": \"acme\"}");
            out.println(said(evaluator.evaluate(call)));

            // Where a person sees it: a page, a chat, a command line.
            for (AskedQuestion question : people.pending()) {
                out.println(question.asker().grant() + " asks: " + question.tool() + " " + question.argumentsJson());
                people.approve(question.id(), "carol");
            }
            out.println(said(evaluator.evaluate(call)));
            out.println(said(evaluator.evaluate(call)));
        }
        out.println(AuditVerifier.verify(log, key).ok() ? "the audit log is as it was written" : "it was changed");
        // README to here
    }

    private static String said(Decision decision) {
        return decision.match(
                allow -> "allowed, once",
                deny -> "denied: " + deny.reason().message(),
                limited -> "try again in " + limited.retryAfter(),
                asked -> "ask a person: " + asked.question());
    }
}
