package dev.toolpolicy.examples.cluster;

import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.examples.cluster.approvals.SqlApprovals;
import dev.toolpolicy.spi.Approvals.Claim;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;

/** A host of its own, that does what it is told line by line: {@code call AMOUNT}, {@code approve ID}, {@code hold ID}, {@code use}. */
public final class ApprovalWorker {
    private static final String POLICY = """
            { "version": "1", "default": "deny", "tools": { "pay": { "require_approval_if":
              [ { "path": "args.amount", "op": "gt", "value": 5, "reason": "over 5" } ] } } }""";

    private final SqlApprovals people;
    private final Evaluator evaluator;
    private Optional<Claim> held = Optional.empty();

    private ApprovalWorker(SqlApprovals people) {
        this.people = people;
        this.evaluator = evaluator(people);
    }

    /** An evaluator whose policy asks for what is over 5. */
    static Evaluator evaluator(SqlApprovals people) {
        return evaluator(PolicyParser.standard().parse(POLICY).orThrow(), people);
    }

    // README from here
    static SqlApprovals people(DataSource database) {
        return SqlApprovals.over(database).build();
    }

    static Evaluator evaluator(Policy policy, SqlApprovals people) {
        return Evaluator.builder(policy).approvals(people).build();
    }
    // README to here

    static ToolCall pay(int amount) {
        return ToolCall.of(Identity.of("alice"), "pay", Map.of("amount", amount));
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.US_ASCII);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        try (HikariDataSource pool = Postgres.pool(Integer.parseInt(args[0]), 2)) {
            ApprovalWorker worker = new ApprovalWorker(people(pool));
            for (String line = in.readLine(); line != null; line = in.readLine()) out.println(worker.does(line));
        }
    }

    private String does(String line) {
        String[] words = line.split(" ", 2);
        try {
            return switch (words[0]) {
                case "call" -> call(Integer.parseInt(words[1]));
                case "approve" -> {
                    people.approve(words[1], "carol");
                    yield "APPROVED";
                }
                case "hold" -> {
                    held = people.claim(words[1]);
                    yield held.isPresent() ? "HELD" : "NOT HELD";
                }
                case "use" -> {
                    held.orElseThrow().use();
                    yield "USED";
                }
                default -> throw new IllegalArgumentException(line);
            };
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName();
        }
    }

    private String call(int amount) {
        return evaluator
                .evaluate(pay(amount))
                .refusal()
                .map(refusal -> refusal.approvalId().orElse(refusal.code()))
                .orElse("ALLOWED");
    }

    /** Such a host, seen from the test. */
    static final class Handle implements AutoCloseable {
        private final Process process;
        private final BufferedReader answers;
        private final PrintStream commands;

        Handle(int port) throws IOException {
            process = new ProcessBuilder(
                            System.getProperty("java.home") + "/bin/java",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ApprovalWorker.class.getName(),
                            "" + port)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            answers = process.inputReader(StandardCharsets.US_ASCII);
            commands = new PrintStream(process.getOutputStream(), true, StandardCharsets.US_ASCII);
        }

        String does(String command) throws IOException {
            commands.println(command);
            String answer = answers.readLine();
            if (answer == null) throw new IOException("the worker has ended");
            return answer;
        }

        void kill() {
            process.destroyForcibly().onExit().join();
        }

        @Override
        public void close() {
            kill();
        }
    }
}
