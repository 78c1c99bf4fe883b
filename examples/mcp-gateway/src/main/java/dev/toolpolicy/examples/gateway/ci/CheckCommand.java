package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.analysis.Finding;
import dev.toolpolicy.analysis.PolicyLint;
import dev.toolpolicy.analysis.ServerTools;
import dev.toolpolicy.document.InvalidPolicyException;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what is wrong with policies, and what in them is probably not meant. */
@Command(
        name = "check",
        description = "Say what is wrong with policies, and what in them is probably not meant.",
        footer = {"", "Ends with 0 if there is nothing, 1 if something was found, 2 if the command is wrong."},
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class CheckCommand implements Callable<Integer> {
    private static final PolicyParser PARSER = PolicyParser.with(JsonSchema.validator());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "The policies, or folders of them.")
    private List<Path> paths = List.of();

    @Option(
            names = "--tools",
            paramLabel = "FILE",
            description = "What the server answers to tools/list: the policies are compared with it.")
    private @Nullable Path tools;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES}; text unless said. SARIF is what code review shows on the line.")
    private Format format = Format.TEXT;

    @Option(
            names = "--fail-on",
            paramLabel = "SEVERITY",
            description =
                    "What makes it end with 1: ${COMPLETION-CANDIDATES}; warning unless said, and errors with it.")
    private FailOn failOn = FailOn.WARNING;

    @Override
    public Integer call() {
        Optional<ServerTools> listed = Optional.ofNullable(tools).map(file -> Inputs.tools(spec, file));
        List<Checked> all = Inputs.policies(spec, paths).stream()
                .map(policy -> check(policy, listed))
                .toList();
        spec.commandLine().getOut().print(format.of(all));
        spec.commandLine().getOut().flush();
        return all.stream().anyMatch(checked -> checked.fails(failOn)) ? 1 : 0;
    }

    private static Checked check(Path file, Optional<ServerTools> tools) {
        try {
            PolicyLint lint = PolicyLint.of(PolicyDocument.read(file, PARSER));
            PolicyLint compared = tools.map(lint::against).orElse(lint);
            List<Finding> findings = compared.findings();
            return new Checked(file, List.of(), findings, compared.report());
        } catch (InvalidPolicyException e) {
            return new Checked(file, e.problems(), List.of(), String.valueOf(e.getMessage()));
        }
    }
}
