package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.analysis.ServerTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** Files that a command is given, read or refused in one sentence. */
final class Inputs {
    private Inputs() {}

    static String text(CommandSpec spec, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), file + ": the file cannot be read", e);
        }
    }

    /** The files that are named, and those of folders; what lies beside policies, their cases and schemas, is left out. */
    static List<Path> policies(CommandSpec spec, List<Path> paths) {
        List<Path> policies = paths.stream()
                .flatMap(path -> Files.isDirectory(path) ? below(spec, path).stream() : Stream.of(path))
                .filter(Inputs::mayBePolicy)
                .toList();
        if (policies.isEmpty()) throw new ParameterException(spec.commandLine(), "there is no policy to check");
        return policies;
    }

    private static List<Path> below(CommandSpec spec, Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new ParameterException(spec.commandLine(), folder + ": the folder cannot be read", e);
        }
    }

    private static boolean mayBePolicy(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.endsWith(".cases.json")
                && !name.equals("policy.schema.json")
                && !name.equals("policy-cases.schema.json");
    }

    static ServerTools tools(CommandSpec spec, Path file) {
        try {
            return ServerTools.parse(text(spec, file));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
    }
}
