package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import dev.toolpolicy.testing.Coverage;
import dev.toolpolicy.testing.InvalidCasesException;
import dev.toolpolicy.testing.PolicyCase;
import dev.toolpolicy.testing.PolicyCases;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs the test cases of policies, and says how much of the policies they exercise. */
@Command(
        name = "test",
        description = "Run the test cases of policies, and say how much of the policies they exercise.",
        footer = {
            "",
            "Ends with 0 if every case passes, 1 if one does not or too little is exercised, 2 if there are none, or the command is wrong."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class TestCommand implements Callable<Integer> {
    private static final PolicyParser PARSER = PolicyParser.with(JsonSchema.validator());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "PATH",
            description = "A file of cases, or a folder: every NAME.cases.json in it and below.")
    private Path path = Path.of("");

    @Option(
            names = "--coverage",
            paramLabel = "PERCENT",
            description = "How much of the policies must be exercised; nothing unless said.")
    private double coverage;

    @Option(names = "--html", paramLabel = "FILE", description = "Where to write what is exercised as a page.")
    private @Nullable Path html;

    @Override
    public Integer call() {
        if (!(coverage >= 0 && coverage <= 100)) {
            throw new ParameterException(spec.commandLine(), "--coverage is a number from 0 to 100");
        }
        PrintWriter out = spec.commandLine().getOut();
        try {
            return run(PolicyCases.in(path, PARSER), out);
        } catch (InvalidCasesException e) {
            spec.commandLine().getErr().println(e.getMessage());
            return spec.exitCodeOnInvalidInput();
        } finally {
            out.flush();
        }
    }

    private int run(PolicyCases cases, PrintWriter out) {
        List<String> failures = cases.stream()
                .map(TestCommand::failure)
                .filter(text -> !text.isEmpty())
                .toList();
        failures.forEach(out::println);
        Coverage seen = cases.coverage();
        writePage(seen);
        String tooLittle = tooLittle(seen);
        out.print(tooLittle);
        long count = cases.stream().count();
        out.println((count == 1 ? "1 case, " : count + " cases, ") + failures.size() + " failed; " + percent(seen)
                + " % of their policies exercised");
        return failures.isEmpty() && tooLittle.isEmpty() ? 0 : 1;
    }

    /** What is missed, if that is more than may be; else {@code ""}. */
    private String tooLittle(Coverage seen) {
        try {
            seen.requireAtLeast(coverage);
            return "";
        } catch (AssertionError e) {
            return e.getMessage() + "\n";
        }
    }

    /** Rounded down: what is not quite all is not told as all. */
    private static String percent(Coverage seen) {
        return BigDecimal.valueOf(seen.percent()).setScale(1, RoundingMode.DOWN).toPlainString();
    }

    /** What is told of a case that fails, or {@code ""}. */
    private static String failure(PolicyCase each) {
        try {
            each.run();
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    private void writePage(Coverage seen) {
        if (html == null) return;
        try {
            seen.writeHtml(html);
        } catch (UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), html + ": the page cannot be written", e);
        }
    }
}
