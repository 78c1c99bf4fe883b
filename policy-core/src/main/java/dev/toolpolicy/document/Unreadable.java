package dev.toolpolicy.document;

import dev.toolpolicy.document.Problem.Code;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** Why there is nothing to read, in our words: the system's own quote paths. */
final class Unreadable {
    private static final String FOLDER = "this is a folder, expected a file";

    private Unreadable() {}

    /** A file that reading failed of. */
    static Problem file(Path file, Exception e) {
        if (Files.isDirectory(file)) return problem(FOLDER);
        if (e instanceof AccessDeniedException || e instanceof SecurityException)
            return problem("the file may not be read by this process");
        if (Files.isSymbolicLink(file)) return problem("this is a link that leads to no file");
        return problem(e instanceof NoSuchFileException ? "there is no such file" : "the file cannot be read");
    }

    /** Something that is there, and is no regular file: opening it might wait for ever. */
    static Problem notAFile(BasicFileAttributes attributes) {
        return problem(
                attributes.isDirectory() ? FOLDER : "this is a pipe, a socket or a device, expected a regular file");
    }

    /** A file that is never the same twice. */
    static Problem restless() {
        return Problem.ofAll(
                Code.UNREADABLE_FILE,
                "what is here changes while it is read, expected it to be complete",
                "write a new file beside it and rename that over it, instead of writing in place");
    }

    /** A folder without a single policy, where that is a mistake. */
    static Problem emptyFolder() {
        return Problem.ofAll(
                Code.UNREADABLE_FILE,
                "the folder holds no policy, expected at least one `NAME.json`",
                "check the path, or put a policy there");
    }

    /** Looking threw something. */
    static Problem failed() {
        return Problem.ofAll(
                Code.UNREADABLE_FILE,
                "looking at what is here failed, for want of memory perhaps",
                "it is tried again with every look; see to what the process lacks");
    }

    /** A folder that listing failed of. */
    static Problem folder(Exception e) {
        if (e instanceof NoSuchFileException) return problem("there is no such folder");
        if (e instanceof NotDirectoryException) return problem("this is a file, expected a folder");
        boolean denied = e instanceof AccessDeniedException || e instanceof SecurityException;
        return problem(denied ? "the folder may not be read by this process" : "the folder cannot be read");
    }

    private static Problem problem(String found) {
        return Problem.ofAll(Code.UNREADABLE_FILE, found, "check the path, and who may read it");
    }
}
