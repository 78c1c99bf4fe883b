package dev.toolpolicy;

import dev.toolpolicy.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A file path that is plain enough to be judged by its text alone, and what it comes to.
 *
 * <p>Promise: if a path is within a root here, then what a program opens that takes the path as it is lies in that root, on a
 * system that has such roots: Windows where the root has a drive letter, any where it has none. A relative path begins where
 * the root does, in the folder where the tool runs. So nothing is plain that climbs above where it begins, that names a share
 * or a drive's current folder, or, below a drive, a device, or that parts folders in a way that only some systems know.
 *
 * <p>Not promised: where links and mounts lead; that a name below a root without a drive letter is no device of Windows
 * ({@code NUL}); what a program makes of the path before it opens it, by decoding it, by putting plain characters in the place of
 * others (full-width dots and slashes), or by filling in variables. Letter case and short names of Windows ({@code DATA~1}) are taken
 * as written, so that another spelling of a root is not within it.
 */
record FilePath(Kind kind, String drive, List<String> segments) {
    private static final Set<String> DEVICES = Set.of("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$");

    /** Where a path begins. */
    enum Kind {
        /** At the root of the file system: {@code /srv}. */
        ABSOLUTE,
        /** At the root of a drive: {@code C:/data}. */
        DRIVE,
        /** Wherever the tool runs: {@code src}. */
        RELATIVE
    }

    /** A path is not plain: why, and what to write instead. */
    record NotPlain(String message, String hint) {}

    /** The plain path that a text is; empty if it is none. */
    static Optional<FilePath> plain(String text) {
        if (notPlain(text).isPresent()) return Optional.empty();
        Kind kind = hasDrive(text) ? Kind.DRIVE : isSlash(text.charAt(0)) ? Kind.ABSOLUTE : Kind.RELATIVE;
        String drive = kind == Kind.DRIVE ? text.substring(0, 1).toUpperCase(Locale.ROOT) : "";
        List<String> segments = new ArrayList<>();
        for (String segment : segments(text)) {
            if (segment.equals("..")) segments.remove(segments.size() - 1);
            else if (!segment.isEmpty() && !segment.equals(".")) segments.add(segment);
        }
        return Optional.of(new FilePath(kind, drive, List.copyOf(segments)));
    }

    /** Whether it is that root or lies below it; both must begin at the same kind of place. */
    boolean within(FilePath root) {
        return kind == root.kind
                && drive.equals(root.drive)
                && segments.size() >= root.segments.size()
                && segments.subList(0, root.segments.size()).equals(root.segments);
    }

    /** Why a text is not a plain path; empty if it is one. */
    static Optional<NotPlain> notPlain(String text) {
        String shown = "`" + Json.shown(text) + "`";
        if (text.isEmpty()) return because("found an empty path", "write `\".\"` for where the tool runs");
        if (text.chars().anyMatch(Character::isISOControl))
            return because("found a control character in " + shown, "remove it");
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("%2e") || lower.contains("%2f") || lower.contains("%5c")) {
            return because("found an encoded `.`, `/` or `\\` in " + shown, "write the character itself");
        }
        boolean drive = hasDrive(text);
        // Whatever the roots: where folders are not parted by it, `a\b\c/../..` climbs further than where they are.
        if (text.indexOf('\\') >= 0 && !drive) {
            return because(
                    "found a backslash in " + shown + ", which has no drive letter",
                    "write `/` between folders, or begin with a drive letter: `C:/data`");
        }
        if (!drive && text.length() >= 2 && text.charAt(1) == ':' && isLetter(text.charAt(0))) {
            return because(
                    "found " + shown + ", which depends on a drive's current folder",
                    "write a slash after the colon: `" + text.charAt(0) + ":/`");
        }
        if (text.length() >= 2 && isSlash(text.charAt(0)) && isSlash(text.charAt(1))) {
            return because("found " + shown + ", which may name a network share", "begin with one slash");
        }
        if (text.charAt(0) == '~') {
            return because("found " + shown + ", which many programs begin in a home folder", "begin with `./`");
        }
        return badSegment(text, drive, shown);
    }

    private static Optional<NotPlain> badSegment(String text, boolean drive, String shown) {
        int depth = 0;
        for (String segment : segments(text)) {
            if (segment.equals("..")) depth--;
            else if (!segment.isEmpty() && !segment.equals(".")) depth++;
            if (depth < 0)
                return because("found `..` that leaves the beginning of " + shown, "write the folder it comes to");
            // Windows drops dots and spaces at the end of a name, so that `.. ` may be `..`; elsewhere only this one is
            // odd.
            String kept = drive ? withoutTail(segment, ". ") : withoutTail(segment, " ");
            boolean odd = drive ? kept.isEmpty() : kept.equals("..");
            if (odd && !segment.isEmpty() && !segment.equals(".") && !segment.equals("..")) {
                return because(
                        "found a name in " + shown + " that some systems read as another", "write the plain name");
            }
            if (drive && isDevice(segment))
                return because("found the name of a device in " + shown, "write the name of a file or folder");
        }
        return Optional.empty();
    }

    /** Windows opens a device whatever folder stands before its name, and whatever extension behind it. */
    private static boolean isDevice(String segment) {
        int end = 0;
        while (end < segment.length() && ".: ".indexOf(segment.charAt(end)) < 0) end++;
        String name = segment.substring(0, end).toUpperCase(Locale.ROOT);
        return DEVICES.contains(name)
                || (name.length() == 4
                        && (name.startsWith("COM") || name.startsWith("LPT"))
                        && "0123456789\u00B9\u00B2\u00B3".indexOf(name.charAt(3)) >= 0);
    }

    private static String withoutTail(String text, String dropped) {
        int end = text.length();
        while (end > 0 && dropped.indexOf(text.charAt(end - 1)) >= 0) end--;
        return text.substring(0, end);
    }

    /** What stands between the slashes; by hand, for the text is the agent's. */
    private static List<String> segments(String text) {
        List<String> segments = new ArrayList<>();
        int start = hasDrive(text) ? 2 : 0;
        for (int i = start; i <= text.length(); i++) {
            if (i < text.length() && !isSlash(text.charAt(i))) continue;
            segments.add(text.substring(start, i));
            start = i + 1;
        }
        return segments;
    }

    private static boolean hasDrive(String path) {
        return path.length() >= 3 && isLetter(path.charAt(0)) && path.charAt(1) == ':' && isSlash(path.charAt(2));
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static Optional<NotPlain> because(String found, String hint) {
        return Optional.of(new NotPlain(found + ", expected a plain path", hint));
    }
}
