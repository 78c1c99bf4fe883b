package dev.toolpolicy.examples.gateway.approvals;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.examples.gateway.approvals.ApprovalsClient.Answered;
import dev.toolpolicy.examples.gateway.approvals.ApprovalsClient.Failed;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line for what waits: lists it, approves, rejects. Ends with 0 if it was done, 1 if it was refused, else 2. */
@Command(
        name = "approvals",
        description = "Shows which calls of agents wait for a person, and answers them.",
        synopsisSubcommandLabel = "(list | approve | reject)",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:done",
            "1:refused: no such question, lapsed, answered already, or not yours to answer",
            "2:wrong usage, nobody answers there, or a wrong token"
        })
public final class ApprovalsCommand implements Runnable {
    /** Where the token is if no file is named. */
    public static final String TOKEN_VARIABLE = "TOOLPOLICY_APPROVALS_TOKEN";

    private static final int REFUSED = 1;
    private static final int FAILED = 2;
    private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

    private final Function<String, @Nullable String> environment;
    private final ZoneId zone;

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--at",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The address of the approvals page, as the gateway printed it.")
    private @Nullable String at;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "Holds the token. Without it the token is taken from the environment variable "
                    + TOKEN_VARIABLE + "; it is never an argument, for anybody can list those.")
    private @Nullable Path tokenFile;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Say this.")
    @SuppressWarnings("unused") // picocli acts on it
    private boolean help;

    /** The command, as it is added to a program's own. */
    public ApprovalsCommand() {
        this(System::getenv, ZoneId.systemDefault());
    }

    ApprovalsCommand(Function<String, @Nullable String> environment, ZoneId zone) {
        this.environment = environment;
        this.zone = zone;
    }

    @Override
    public void run() {
        throw new ParameterException(spec().commandLine(), "Say list, approve or reject.");
    }

    @Command(name = "list", description = "Prints what waits, in full.")
    int list(
            @Option(names = "--letters", description = "Show letters beyond ASCII as they are, though some look alike.")
                    boolean letters,
            @Parameters(arity = "0..1", paramLabel = "ID", description = "Only this question.") @Nullable String id) {
        QuestionText text = new QuestionText(new ShownTime(zone), letters);
        return done(client -> {
            if (id == null) return printed(text.of(client.waiting()));
            JsonObject question = client.question(checked(id));
            return ApprovalsClient.waits(question)
                    ? printed(text.of(List.of(question)))
                    : refused(question.getString("message"));
        });
    }

    @Command(name = "approve", description = "Lets a call run once.")
    int approve(@Parameters(paramLabel = "ID", description = "The question, as list prints it.") String id) {
        return done(client -> answered(client.approve(checked(id))));
    }

    @Command(name = "reject", description = "Denies a call.")
    int reject(
            @Parameters(paramLabel = "ID", description = "The question, as list prints it.") String id,
            @Option(
                            names = "--why",
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "For the record; the agent is not told.")
                    String why) {
        return done(client -> answered(client.reject(checked(id), why)));
    }

    private interface Work {
        int with(ApprovalsClient client) throws Failed, IOException;
    }

    /** Whatever goes wrong is one line for a person, and a number for a script. */
    private int done(Work work) {
        try {
            if (at == null) throw new Failed("name the page with --at, as the gateway printed its address");
            return work.with(new ApprovalsClient(at, token()));
        } catch (Failed | IllegalArgumentException e) {
            return said(String.valueOf(e.getMessage()), FAILED);
        } catch (IOException e) {
            return said("the token file cannot be read", FAILED);
        } catch (RuntimeException e) {
            // What is not as a page says it.
            return said("what answers at " + at + " is not a page for approvals", FAILED);
        }
    }

    private String token() throws Failed, IOException {
        if (tokenFile != null) return ApprovalToken.in(tokenFile);
        String token = environment.apply(TOKEN_VARIABLE);
        if (token == null)
            throw new Failed("there is no token: name its file with --token-file, or set " + TOKEN_VARIABLE);
        return token;
    }

    private static String checked(String id) {
        if (!ID.matcher(id).matches())
            throw new IllegalArgumentException("an ID is 32 hexadecimal digits, as list prints them");
        return id;
    }

    private int answered(Answered answered) {
        return answered.done() ? printed(ShownText.ascii(answered.sentence()) + "\n") : refused(answered.sentence());
    }

    private int printed(String text) {
        PrintWriter out = spec().commandLine().getOut();
        out.print(text);
        out.flush();
        return ExitCode.OK;
    }

    private int refused(String sentence) {
        return said(sentence, REFUSED);
    }

    private int said(String sentence, int exit) {
        PrintWriter err = spec().commandLine().getErr();
        err.println(ShownText.ascii(sentence));
        err.flush();
        return exit;
    }

    private CommandSpec spec() {
        return requireNonNull(spec, "picocli sets it");
    }
}
