package dev.toolpolicy.examples.gateway;

import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.document.InvalidPolicyException;
import dev.toolpolicy.examples.gateway.rpc.Gate;
import dev.toolpolicy.examples.gateway.stdio.StdioGateway;
import io.vertx.core.Vertx;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Stands in front of a server: one that it starts, over standard streams, or one that runs already, over HTTP. */
@Command(
        name = "run",
        description = "Stand in front of a server: a command after --, or --upstream.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class RunCommand implements Callable<Integer> {
    /** Of a start that cannot be: no policy, a file that cannot be opened. */
    private static final int NOT_STARTED = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private Setup setup = new Setup();

    @Option(
            names = "--list-only-allowed",
            description = "Leave out of lists, too, what the policy denies by its name alone.")
    private boolean listOnlyAllowed;

    @Mixin
    private Approving approving = new Approving();

    @Option(
            names = "--grant",
            paramLabel = "NAME",
            description = "Who the client of a started server is, \"stdio\" if left out; over HTTP its token says so.")
    private String grant = "stdio";

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "An attribute of that client, for conditions on identity.NAME; may be repeated.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @ArgGroup(exclusive = false, heading = "%nIn front of a server that speaks HTTP:%n")
    private @Nullable Serving serving;

    @Parameters(
            arity = "0..*",
            paramLabel = "COMMAND",
            description = "The server to start, and its arguments, after --.")
    private List<String> command = List.of();

    @Override
    public Integer call() throws Exception {
        if (command.isEmpty() == (serving == null)) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(),
                    "name one server: a command after --, or --upstream with --listen and --grants");
        }
        // Standard output belongs to the protocol.
        OutputStream client = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        Console console = new Console(System.err);
        try {
            return run(client, console);
        } catch (InvalidPolicyException e) {
            console.say("there is no policy, so nothing is started");
            System.err.println(e.getMessage());
        } catch (IOException | IllegalStateException | IllegalArgumentException | MalformedCallException e) {
            console.say("not started: " + e.getMessage());
        }
        return NOT_STARTED;
    }

    private int run(OutputStream client, Console console) throws Exception {
        Identity who = identity();
        if (serving == null) {
            approving.keepTokenFromClient();
            approving.keepApart(who.grant());
        }
        Optional<ApprovalDesk> desk = approving.desk();
        Setup.Opened opened = setup.open(desk, console);
        if (opened.audit().isEmpty()) console.say("without --audit, nothing is recorded");
        Ending ending = Ending.ofProcess();
        ending.add(opened::close);
        Gate gate = listOnlyAllowed ? Gate.listingOnlyAllowed(opened.evaluator()) : Gate.of(opened.evaluator());
        Optional<Vertx> vertx = serving == null && desk.isEmpty() ? Optional.empty() : Optional.of(Vertx.vertx());
        if (desk.isPresent()) approving.open(vertx.orElseThrow(), desk.get(), console);
        if (serving != null) return serving.serve(gate, vertx.orElseThrow(), console, ending, opened.policy()::check);
        Hangup.run(opened.policy()::check);
        StdioGateway gateway = StdioGateway.start(gate, who, command, client);
        ending.add(gateway::end);
        console.onReload(gateway::policyChanged);
        return gateway.serve(System.in);
    }

    private Identity identity() {
        Identity who = Identity.of(grant);
        for (Map.Entry<String, String> each : attributes.entrySet()) who = who.with(each.getKey(), each.getValue());
        return who;
    }
}
