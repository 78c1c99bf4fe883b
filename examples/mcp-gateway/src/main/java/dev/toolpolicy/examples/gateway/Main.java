package dev.toolpolicy.examples.gateway;

import dev.toolpolicy.examples.gateway.approvals.ApprovalsCommand;
import dev.toolpolicy.examples.gateway.ci.CheckCommand;
import dev.toolpolicy.examples.gateway.ci.DraftCommand;
import dev.toolpolicy.examples.gateway.ci.ExplainCommand;
import dev.toolpolicy.examples.gateway.ci.TestCommand;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParseResult;

/** The command line: {@code run}, which may be left out, and what a person does beside it. */
@Command(
        name = "mcp-gateway",
        description = "A policy in front of an MCP server, without touching it.",
        subcommands = {
            RunCommand.class,
            GrantCommand.class,
            ApprovalsCommand.class,
            CheckCommand.class,
            TestCommand.class,
            ExplainCommand.class,
            DraftCommand.class
        },
        mixinStandardHelpOptions = true,
        version = "mcp-gateway 0.1.0-SNAPSHOT",
        synopsisSubcommandLabel = "COMMAND")
final class Main {
    private Main() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(withCommand(args)));
    }

    static CommandLine commandLine() {
        // An `@` is part of a package name far more often than it is a file of arguments.
        CommandLine line = new CommandLine(new Main()).setExpandAtFiles(false);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionStrategy(Main::andTold);
        return line.setParameterExceptionHandler(Main::wrongUsage);
    }

    /** What could not be printed, on a full disk say, was not done, and a build must not take it for done. */
    private static int andTold(ParseResult command) {
        int status = new CommandLine.RunLast().execute(command);
        List<CommandLine> lines = command.asCommandLineList();
        CommandLine last = lines.get(lines.size() - 1);
        // A client that goes away is how serving ends.
        if (last.getCommand() instanceof RunCommand) return status;
        boolean lost = last.getOut().checkError() || System.out.checkError();
        if (!lost) return status;
        last.getErr().println("standard output cannot be written");
        return last.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        err.println("try " + command.getCommandSpec().qualifiedName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** {@code --policy p.json -- server} runs it. */
    static String[] withCommand(String[] args) {
        boolean named = args.length == 0 || !args[0].startsWith("-") || isForMain(args[0]);
        if (named) return args;
        String[] all = new String[args.length + 1];
        all[0] = "run";
        System.arraycopy(args, 0, all, 1, args.length);
        return all;
    }

    private static boolean isForMain(String option) {
        return option.equals("--help") || option.equals("-h") || option.equals("--version") || option.equals("-V");
    }
}
