package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.analysis.ServerTools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    static ServerTools tools(CommandSpec spec, Path file) {
        try {
            return ServerTools.parse(text(spec, file));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), file + ": " + e.getMessage(), e);
        }
    }
}
