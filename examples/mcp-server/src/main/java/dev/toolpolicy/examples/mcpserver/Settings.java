package dev.toolpolicy.examples.mcpserver;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the operator says on the command line.
 *
 * @param grant whose process this is, over stdio; over HTTP every request says who sends it
 * @param data a folder for the store, the approvals and the audit log
 * @param auditKey a file with the key of the audit log, which does not lie where the log does
 * @param policy the document that is followed
 */
record Settings(
        Optional<String> grant, Path data, Path callers, Path auditKey, Path policy, int port, int approvalsPort) {
    static final String USAGE = """
            usage: stdio --as GRANT OPTIONS
                   http [--port N] OPTIONS
            OPTIONS: --data FOLDER --callers FILE --audit-key FILE --policy FILE [--approvals-port N]""";

    private static final Set<String> SHARED =
            Set.of("--data", "--callers", "--audit-key", "--policy", "--approvals-port");

    /** @throws IllegalArgumentException if it is not what the usage says */
    static Settings of(List<String> args) {
        boolean stdio = args.size() % 2 == 1 && args.get(0).equals("stdio");
        if (!stdio && !(args.size() % 2 == 1 && args.get(0).equals("http"))) throw new IllegalArgumentException(USAGE);
        Map<String, String> given = new HashMap<>();
        for (int i = 1; i < args.size(); i += 2) {
            boolean known = SHARED.contains(args.get(i)) || args.get(i).equals(stdio ? "--as" : "--port");
            if (!known || given.put(args.get(i), args.get(i + 1)) != null) throw new IllegalArgumentException(USAGE);
        }
        return new Settings(
                stdio ? Optional.of(required(given, "--as")) : Optional.empty(),
                Path.of(required(given, "--data")),
                Path.of(required(given, "--callers")),
                Path.of(required(given, "--audit-key")),
                Path.of(required(given, "--policy")),
                Integer.parseInt(given.getOrDefault("--port", "8080")),
                Integer.parseInt(given.getOrDefault("--approvals-port", "0")));
    }

    private static String required(Map<String, String> given, String name) {
        String value = given.get(name);
        if (value == null) throw new IllegalArgumentException(USAGE);
        return value;
    }
}
