package dev.toolpolicy;

import static dev.toolpolicy.Reference.Said.UNDECIDABLE;

import dev.toolpolicy.Reference.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** {@code path_within} for the reference evaluator. */
final class NaivePaths {
    private static final Pattern ESCAPED = Pattern.compile("(?is).*%(2e|2f|5c).*");
    private static final Pattern ON_A_DRIVE = Pattern.compile("(?s)[A-Za-z]:.*");
    /** In capital letters. */
    private static final Pattern ODD_ON_A_DRIVE = Pattern.compile(
            "(?s)[. ]+|(CON(IN\\$|OUT\\$)?|CLOCK\\$|PRN|AUX|NUL|(COM|LPT)[0-9\u00B9\u00B2\u00B3])([ .:].*)?");

    private static final Pattern ODD = Pattern.compile("\\.\\. +");

    private NaivePaths() {}

    static Said within(String text, List<String> roots) {
        List<String> path = names(text);
        if (path == null) return UNDECIDABLE;
        List<List<String>> alike = roots.stream()
                .map(NaivePaths::names)
                .filter(root -> kind(root) == kind(path))
                .toList();
        if (alike.isEmpty()) return UNDECIDABLE;
        return NaiveConditions.said(alike.stream()
                .anyMatch(root -> root.size() <= path.size()
                        && path.subList(0, root.size()).equals(root)));
    }

    /** Where it begins ({@code /}, {@code c:/} or nothing) and the names down from there; null if it is not plain. */
    private static List<String> names(String text) {
        if (text.isEmpty() || text.chars().anyMatch(Character::isISOControl)) return null;
        if (ESCAPED.matcher(text).matches()) return null;
        if (text.startsWith("~")) return null;
        // Stricter than SPEC, which lets it stand beside a root with a drive letter: it parts folders on some systems
        // only.
        if (text.contains("\\") && !ON_A_DRIVE.matcher(text).matches()) return null;
        String path = text.replace('\\', '/');
        if (path.startsWith("//")) return null;
        String begin = path.startsWith("/") ? "/" : "";
        if (ON_A_DRIVE.matcher(path).matches()) {
            begin = path.substring(0, 2).toLowerCase(Locale.ROOT) + "/";
            if (!path.startsWith("/", 2)) return null;
        }
        List<String> names = new ArrayList<>(List.of(begin));
        for (String name : path.substring(begin.length()).split("/", -1)) {
            if (name.isEmpty() || name.equals(".")) continue;
            if (name.equals("..")) {
                if (names.size() == 1) return null;
                names.remove(names.size() - 1);
                continue;
            }
            boolean odd = begin.length() == 3
                    ? ODD_ON_A_DRIVE.matcher(name.toUpperCase(Locale.ROOT)).matches()
                    : ODD.matcher(name).matches();
            if (odd) return null;
            names.add(name);
        }
        return names;
    }

    private static int kind(List<String> names) {
        return names.get(0).length(); // "", "/", "c:/"
    }
}
