package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.analysis.PolicyDraft;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a policy to start from for the tools of a server. */
@Command(
        name = "draft",
        description = "Print a policy to start from for the tools of a server, and why it is so on standard error.",
        footer = {
            "",
            "A draft goes by names and descriptions, which are the server's word: read it before it guards anything."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class DraftCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "TOOLS", description = "What the server answers to tools/list, as a file.")
    private Path tools = Path.of("");

    @Override
    public Integer call() {
        PolicyDraft draft = PolicyDraft.from(Inputs.tools(spec, tools));
        spec.commandLine().getErr().print(draft.report());
        spec.commandLine().getErr().flush();
        spec.commandLine().getOut().print(draft.toJson());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
