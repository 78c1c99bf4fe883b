package dev.toolpolicy;

import dev.toolpolicy.Condition.Fault;
import dev.toolpolicy.Condition.Fault.Kind;
import dev.toolpolicy.json.Json;
import java.util.Locale;
import java.util.Optional;

/** Which file paths are plain enough to be judged by their text alone, without touching a disk. */
final class FilePaths {
    private FilePaths() {}

    /** What keeps a path from being a root of {@code path_within}, if anything does. */
    static Optional<Fault> fault(String root) {
        String shown = "`" + Json.shown(root) + "`";
        if (root.isEmpty())
            return fault("found an empty path, expected a folder", "write `\".\"` for where the tool runs");
        if (root.chars().anyMatch(Character::isISOControl)) {
            return fault("found a control character in " + shown + ", expected a plain path", "remove it");
        }
        String lower = root.toLowerCase(Locale.ROOT);
        if (lower.contains("%2e") || lower.contains("%2f") || lower.contains("%5c")) {
            return fault(
                    "found an encoded `.`, `/` or `\\` in " + shown + ", expected a plain path",
                    "write the character itself");
        }
        boolean drive = hasDrive(root);
        if (root.indexOf('\\') >= 0 && !drive) {
            return fault(
                    "found a backslash in " + shown + ", which has no drive letter, expected a plain path",
                    "write `/` between folders, or begin with a drive letter: `C:/data`");
        }
        if (!drive && root.length() >= 2 && root.charAt(1) == ':' && isLetter(root.charAt(0))) {
            return fault(
                    "found " + shown + ", which depends on a drive's current folder, expected a plain path",
                    "write a slash after the colon: `" + root.charAt(0) + ":/`");
        }
        if (root.startsWith("//")) {
            return fault(
                    "found " + shown + ", which may name a network share, expected a plain path",
                    "begin with one slash");
        }
        return climbs(drive ? root.substring(2) : root)
                ? fault(
                        "found `..` that leaves the beginning of " + shown + ", expected a plain path",
                        "write the folder it comes to")
                : Optional.empty();
    }

    private static boolean hasDrive(String path) {
        return path.length() >= 3
                && isLetter(path.charAt(0))
                && path.charAt(1) == ':'
                && (path.charAt(2) == '/' || path.charAt(2) == '\\');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    /** Whether the path, read from left to right, at some point stands above where it began. */
    private static boolean climbs(String path) {
        int depth = 0;
        for (String segment : path.split("[/\\\\]", -1)) {
            if (segment.equals("..")) depth--;
            else if (!segment.isEmpty() && !segment.equals(".")) depth++;
            if (depth < 0) return true;
        }
        return false;
    }

    private static Optional<Fault> fault(String message, String hint) {
        return Optional.of(new Fault(Kind.FILE_PATH, "", message, hint));
    }
}
