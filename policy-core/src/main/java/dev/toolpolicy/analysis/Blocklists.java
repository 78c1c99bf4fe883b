package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Subject.StandingTest;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lists of forbidden hosts, paths, commands and queries: there are endless ways to write the same one. */
final class Blocklists implements Check {
    private static final Set<String> NAMES = Set.of(
            "url",
            "uri",
            "host",
            "hostname",
            "domain",
            "address",
            "endpoint",
            "path",
            "file",
            "filename",
            "filepath",
            "dir",
            "directory",
            "folder",
            "query",
            "sql",
            "statement",
            "command",
            "cmd",
            "script",
            "code");
    private static final List<String> SQL =
            List.of("drop ", "delete ", "insert ", "update ", "truncate ", "alter ", "select ", "grant ");

    @Override
    public void look(Subject subject, Notes notes) {
        subject.tests(standing -> {
            if (isBlocklist(standing)) note(standing, notes);
        });
    }

    private static boolean isBlocklist(StandingTest standing) {
        Test test = standing.placed().test();
        if (test.path().root() != CallPath.Root.ARGS || !(test.operand() instanceof Value value)) return false;
        boolean forbids = switch (test.operator()) {
            case EQ, IN, CONTAINS, REGEX, MATCHES, STARTS_WITH, ENDS_WITH -> !standing.letsThrough();
            case NEQ, NOT_IN -> standing.letsThrough();
            default -> false;
        };
        return forbids && speaksOfOne(test.path(), value.json());
    }

    private static boolean speaksOfOne(CallPath path, @Nullable Object value) {
        List<?> values = value instanceof List<?> list ? list : Collections.singletonList(value);
        boolean texts =
                !values.isEmpty() && values.stream().allMatch(one -> one instanceof String text && !text.isEmpty());
        if (!texts) return false;
        return NAMES.contains(lastName(path)) || values.stream().anyMatch(one -> looksLikeOne((String) one));
    }

    private static String lastName(CallPath path) {
        String name = "";
        for (CallPath.Step step : path.steps()) if (step instanceof CallPath.Key key) name = key.name();
        String plain = name.toLowerCase(Locale.ROOT);
        int words = Math.max(plain.lastIndexOf('_'), plain.lastIndexOf('-'));
        return plain.substring(words + 1);
    }

    private static boolean looksLikeOne(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        boolean path = plain.length() > 1 && plain.startsWith("/");
        boolean elsewhere = plain.startsWith("~/") || plain.contains("://") || plain.contains("../");
        return path || elsewhere || SQL.stream().anyMatch(plain::contains);
    }

    private static void note(StandingTest standing, Notes notes) {
        Test test = standing.placed().test();
        notes.add(
                Code.BLOCKLIST,
                standing.placed().pointer(),
                Shown.condition(test) + " lists what is forbidden, and the same thing can be written in other ways",
                "list what is allowed, in `require`: `in`, `matches`, `path_within` for files, `host_in` for URLs");
    }
}
