package dev.toolpolicy.document;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolpolicy.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Documents, and the ways in which they come to a disk. */
final class Disk {
    static final String BAD = "{\"version\":\"1\",\"default\":\"maybe\"}";

    private Disk() {}

    /** A document that is told from others by its description. */
    static String document(String description) {
        return "{\"version\":\"1\",\"default\":\"deny\",\"description\":\"" + description + "\"}";
    }

    static String digest(String description) {
        return parsed(document(description)).digest();
    }

    static Policy parsed(String document) {
        return PolicyParser.standard().parse(document).orThrow();
    }

    /** In place. */
    static Path write(Path file, String document) {
        try {
            return Files.writeString(file, document);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** By a new file, which is renamed over the old one. */
    static void replace(Path file, String document) throws IOException {
        move(write(file.resolveSibling(".new"), document), file);
    }

    /** As {@code ln -sfn} does not do it: at no moment is there no link. */
    static void link(Path link, Path target) throws IOException {
        move(Files.createSymbolicLink(link.resolveSibling(".newlink"), target), link);
    }

    private static void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A pipe that nobody writes into. */
    static void pipe(Path at) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/mkfifo")));
        new ProcessBuilder("/usr/bin/mkfifo", at.toString()).start().waitFor();
    }
}
