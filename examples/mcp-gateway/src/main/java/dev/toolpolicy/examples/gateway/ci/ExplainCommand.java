package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Explanation;
import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.InvalidPolicyException;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a policy would decide of one call, and why. */
@Command(
        name = "explain",
        description =
                "Say what a policy would decide of one call, and why. Nothing is counted yet, and nobody is asked.",
        footer = {
            "",
            "Ends with 0 if the call may run, 1 if it may not, 2 if there is no policy, or the command is wrong."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ExplainCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--policy", required = true, paramLabel = "FILE", description = "The policy.")
    private Path policy = Path.of("");

    @Parameters(index = "0", paramLabel = "TOOL", description = "The tool that is called.")
    private String tool = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ARGUMENTS",
            description = "Its arguments as JSON, '{\"amount\": 501}' say; none unless said.")
    private String arguments = "{}";

    @Option(names = "--grant", paramLabel = "NAME", description = "Who calls; \"agent\" unless said.")
    private String grant = "agent";

    @Option(names = "--session", paramLabel = "NAME", description = "The caller's session.")
    private @Nullable String session;

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "An attribute of the caller; a name that is given several times has several values.")
    private List<String> attributes = List.of();

    @Override
    public Integer call() {
        try {
            PolicyDocument document = PolicyDocument.read(policy, PolicyParser.with(JsonSchema.validator()));
            ToolCall call = ToolCall.parse(identity(), tool, arguments);
            return explain(document, call);
        } catch (InvalidPolicyException e) {
            spec.commandLine().getErr().print(e.getMessage());
            spec.commandLine().getErr().flush();
            return spec.exitCodeOnInvalidInput();
        } catch (MalformedCallException e) {
            spec.commandLine().getOut().println("MALFORMED_CALL\n  " + e.getMessage());
            return 1;
        }
    }

    private int explain(PolicyDocument document, ToolCall call) {
        try (InMemoryApprovals nobody = InMemoryApprovals.builder().build();
                Evaluator evaluator = Evaluator.builder(document.policy())
                        .counters(Bucket4jCounters.inMemory())
                        .approvals(nobody)
                        .build()) {
            Explanation explanation = evaluator.explain(call);
            spec.commandLine().getOut().print(explanation);
            spec.commandLine().getOut().flush();
            return explanation.decision().allowed() ? 0 : 1;
        }
    }

    private Identity identity() {
        Identity who = Identity.of(grant);
        if (session != null) who = who.withSession(session);
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String attribute : attributes) {
            int sign = attribute.indexOf('=');
            if (sign < 1) throw new ParameterException(spec.commandLine(), "an attribute is written NAME=VALUE");
            values.computeIfAbsent(attribute.substring(0, sign), name -> new ArrayList<>())
                    .add(attribute.substring(sign + 1));
        }
        for (Map.Entry<String, List<String>> each : values.entrySet()) {
            List<String> several = each.getValue();
            who = several.size() == 1 ? who.with(each.getKey(), several.get(0)) : who.with(each.getKey(), several);
        }
        return who;
    }
}
