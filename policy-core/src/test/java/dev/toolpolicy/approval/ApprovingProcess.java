package dev.toolpolicy.approval;

import static dev.toolpolicy.approval.Questions.question;

import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Standing;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.SplittableRandom;

/** A process that asks, approves and uses without end, and says what it has used; to be killed. */
public final class ApprovingProcess {
    private static final int QUESTIONS = 12;

    private ApprovingProcess() {}

    public static void main(String[] args) {
        SplittableRandom random = new SplittableRandom(Long.parseLong(args[1]));
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        FileApprovals desk = FileApprovals.builder(Path.of(args[0])).build();
        out.println("READY");
        while (true) {
            try {
                step(desk, random, out);
            } catch (RuntimeException e) {
                // As it would be where the disk is full: whatever failed was not done, and nothing is done any more.
                out.println("FAILED " + e.getClass().getSimpleName());
            }
        }
    }

    private static void step(FileApprovals desk, SplittableRandom random, PrintStream out) {
        if (random.nextInt(4) == 0) reject(desk, "q" + random.nextInt());
        Standing standing = desk.ask(question("alice", "q" + random.nextInt(QUESTIONS)));
        if (standing instanceof Standing.Waiting waiting) desk.approve(waiting.id(), "carol");
        if (standing instanceof Standing.Approved approved)
            use(desk.claim(approved.id()).orElseThrow(), approved.id(), random.nextInt(8) == 0, out);
    }

    private static void reject(FileApprovals desk, String text) {
        if (desk.ask(question("bob", text)) instanceof Standing.Waiting waiting)
            desk.reject(waiting.id(), "carol", "no");
    }

    private static void use(Claim claim, String id, boolean letGo, PrintStream out) {
        try {
            if (letGo) return;
            claim.use();
            out.println("USED " + id);
        } finally {
            claim.release();
        }
    }
}
