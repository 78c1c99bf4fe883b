package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyParser;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of its own that writes to a log. */
final class Child {
    private Child() {}

    /** Starts one, by way of another command if there is one. */
    static Process start(List<String> by, String... args) throws IOException {
        List<String> command = new ArrayList<>(by);
        command.addAll(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m"));
        command.addAll(
                List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData", "-cp", System.getProperty("java.class.path")));
        command.add(Child.class.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    static String output(List<String> by, String... args) throws IOException {
        return new String(start(by, args).getInputStream().readAllBytes(), UTF_8);
    }

    public static void main(String[] args) {
        JsonLinesAudit.Builder log = JsonLinesAudit.builder(Path.of(args[1]));
        PrintStream out = System.out;
        if (args[0].equals("open")) open(log, out);
        if (args[0].equals("fill")) fill(log, out);
        if (args[0].equals("decide")) decide(log, out);
        if (args[0].equals("append")) append(log.key(Records.KEY).rotateAt(20_000), out);
    }

    private static void open(JsonLinesAudit.Builder log, PrintStream out) {
        try (JsonLinesAudit audit = log.open()) {
            out.println("opened at " + audit.head());
        } catch (IllegalStateException e) {
            out.println(e.getMessage());
        }
    }

    /** Until there is no room; then once more. */
    private static void fill(JsonLinesAudit.Builder log, PrintStream out) {
        JsonLinesAudit audit = log.open();
        for (int failures = 0, i = 0; failures < 2; i++) {
            try {
                audit.record(Records.plain(i));
            } catch (UncheckedIOException e) {
                out.println(e.getMessage());
                failures++;
            }
        }
        out.println(audit.head());
    }

    /** Until there is no room for the record; then once more. */
    private static void decide(JsonLinesAudit.Builder log, PrintStream out) {
        Policy allows = PolicyParser.standard()
                .parse("{ \"version\": \"1\", \"default\": \"allow\" }")
                .orThrow();
        Evaluator evaluator =
                Evaluator.builder(allows).mandatoryAudit(log.open()).build();
        ToolCall call = ToolCall.of(Identity.of("alice"), "ping", Map.of());
        for (int denied = 0; denied < 2; ) {
            Decision decision = evaluator.evaluate(call);
            if (!decision.allowed()) denied++;
            out.println(decision.refusal().map(Refusal::code).orElse("ALLOW"));
        }
    }

    private static void append(JsonLinesAudit.Builder log, PrintStream out) {
        JsonLinesAudit audit = log.open();
        for (int i = 0; ; i++) {
            audit.record(Records.plain(i));
            if (i % 16 == 0) out.write('.');
            out.flush();
        }
    }
}
