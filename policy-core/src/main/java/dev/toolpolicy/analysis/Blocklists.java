package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.RuleList;
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
        String name = name(path);
        String last = name.substring(Math.max(name.lastIndexOf('_'), name.lastIndexOf('-')) + 1);
        // `country_code` is no code: each has one spelling.
        boolean key = last.equals("code") && !name.equals(last);
        return (NAMES.contains(last) && !key) || values.stream().anyMatch(one -> looksLikeOne((String) one));
    }

    private static String name(CallPath path) {
        String name = "";
        for (CallPath.Step step : path.steps()) if (step instanceof CallPath.Key key) name = key.name();
        return name.toLowerCase(Locale.ROOT);
    }

    private static boolean looksLikeOne(String text) {
        String plain = text.toLowerCase(Locale.ROOT);
        boolean path = plain.length() > 1 && plain.startsWith("/");
        boolean elsewhere = plain.startsWith("~/") || plain.contains("://") || plain.contains("../");
        return path || elsewhere || SQL.stream().anyMatch(plain::contains);
    }

    private static void note(StandingTest standing, Notes notes) {
        RuleList list = standing.list().orElse(null);
        notes.add(
                Code.BLOCKLIST,
                standing.placed().pointer(),
                Shown.condition(standing.placed().test()) + does(list)
                        + ", and the same thing can be written in other ways",
                hint(list));
    }

    private static String does(@Nullable RuleList list) {
        if (list == null) return " says which calls are counted";
        return list == RuleList.REQUIRE_APPROVAL_IF ? " says what is asked about" : " lists what is forbidden";
    }

    private static String hint(@Nullable RuleList list) {
        String listed = "`in`, `matches`, `path_within` for files, `host_in` for URLs";
        if (list == null) return "count all calls but those that are known to be harmless: a list of these, in `not`";
        return list == RuleList.REQUIRE_APPROVAL_IF
                ? "ask about all but what is known to be harmless: a list of that, in `not`, by " + listed
                : "list what is allowed, in `require`: " + listed;
    }
}
