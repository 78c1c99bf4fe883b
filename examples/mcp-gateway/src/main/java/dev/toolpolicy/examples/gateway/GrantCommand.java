package dev.toolpolicy.examples.gateway;

import static java.nio.file.StandardOpenOption.APPEND;

import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.examples.gateway.http.GrantFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes a bearer token for somebody: it is shown once, and only its hash is kept. */
@Command(
        name = "grant",
        description = "Make a bearer token for a caller; prints it once, and adds its hash to the file.",
        mixinStandardHelpOptions = true)
final class GrantCommand implements Callable<Integer> {
    private static final int TOKEN_BYTES = 32;
    private static final Pattern WORD = Pattern.compile("[^\\s=#]+");
    private static final Pattern VALUE = Pattern.compile("\\S+");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            paramLabel = "NAME",
            description = "The grant, as policies, limits and the audit log name it.")
    private String name = "";

    @Option(names = "--grants", required = true, paramLabel = "FILE", description = "The file of hashes.")
    private Path grants = Path.of("");

    @Option(
            names = "--attribute",
            paramLabel = "NAME=VALUE",
            description = "An attribute of the caller, for conditions on identity.NAME; may be repeated.")
    private Map<String, String> attributes = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException {
        requireLine();
        byte[] random = new byte[TOKEN_BYTES];
        new SecureRandom().nextBytes(random);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        if (Files.notExists(grants)) OwnersFile.write(grants, "");
        String before = Files.readString(grants);
        // Whoever wrote the last line by hand may have left its end out.
        String end = before.isEmpty() || before.endsWith("\n") ? "" : "\n";
        Files.writeString(grants, end + GrantFile.line(name, token, attributes) + "\n", APPEND);
        GrantFile.read(grants);
        spec.commandLine().getOut().println(token);
        return 0;
    }

    /** A line of the file has no quotes. */
    private void requireLine() {
        boolean words = WORD.matcher(name).matches()
                && attributes.entrySet().stream()
                        .allMatch(each -> WORD.matcher(each.getKey()).matches()
                                && VALUE.matcher(each.getValue()).matches());
        if (!words)
            throw new CommandLine.ParameterException(spec.commandLine(), "names and values have no white space");
        try {
            Identity who = Identity.of(name);
            for (Map.Entry<String, String> each : attributes.entrySet()) who = who.with(each.getKey(), each.getValue());
        } catch (MalformedCallException e) {
            throw new CommandLine.ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }
}
