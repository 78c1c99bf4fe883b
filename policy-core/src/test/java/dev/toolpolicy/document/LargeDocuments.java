package dev.toolpolicy.document;

import java.util.SplittableRandom;
import java.util.function.IntFunction;

/** Documents of up to 16 MiB, each of which is hard in its own way. */
final class LargeDocuments {
    static final int MAX = PolicyParser.MAX_BYTES;

    private static final String OPEN = "{\"version\":\"1\",\"default\":\"deny\",";

    private LargeDocuments() {}

    /** A good document: each tool has three conditions and two limits. */
    static String tools(int count) {
        String rules = "{\"require\":[{\"path\":\"args.currency\",\"op\":\"in\",\"value\":[\"usd\",\"eur\"]}],"
                + "\"deny_if\":[{\"path\":\"args.amount\",\"op\":\"gt\",\"value\":10000,\"on_deny\":\"too much\"}],"
                + "\"require_approval_if\":[{\"path\":\"args.amount\",\"op\":\"gt\",\"value\":500}],\"limits\":[";
        return listed(
                OPEN + "\"tools\":{",
                count,
                i -> "\"tool_" + i + "\":" + rules + limit("spend" + i, 500) + "," + limit("calls" + i, 60) + "]}",
                "}}");
    }

    /** As many members as fit, all of one name. */
    static String oneKeyAgainAndAgain() {
        return listed("{", MAX, i -> "\"a\":1", "}");
    }

    /** Each key twice, the second time from the last one back to the first. */
    static String keysThereAndBack() {
        int keys = 300_000;
        return listed("{", 2 * keys, i -> "\"key" + (i < keys ? i : 2 * keys - 1 - i) + "\":1", "}");
    }

    static String unknownKeys() {
        return listed("{", MAX, i -> "\"defaul" + i + "\":1", "}");
    }

    static String wrongHides() {
        return listed(OPEN + "\"hide\":[", MAX, i -> "\"!\"", "]}");
    }

    static String unknownOperators() {
        String operator = "z".repeat(60);
        return conditions(MAX, i -> "{\"path\":\"args\",\"op\":\"" + operator + "\",\"value\":1}");
    }

    static String repeated(String text) {
        return text.repeat(MAX / text.length());
    }

    /** One value that is kept, of as many elements as fit. */
    static String longValue(String element) {
        String open = "{\"path\":\"args\",\"op\":\"eq\",\"value\":[";
        return OPEN + "\"all_tools\":{\"deny_if\":[" + open
                + (element + ",").repeat((MAX - 200) / (element.length() + 1)) + "0]}]}}";
    }

    static String longDescription() {
        return OPEN + "\"description\":\"" + "x".repeat(MAX - OPEN.length() - 18) + "\"}";
    }

    /** A key of a megabyte, below it many values, and at the very end the fault. */
    static String longKeyAboveMuch() {
        return "{\"" + "k".repeat(1 << 20) + "\":" + listed("[", 1_000_000, i -> "0", "");
    }

    static String oneLongLine() {
        return OPEN + "\"description\":\"" + "x".repeat(1 << 19) + "\",\"bad\":1,\"$schema\":\"" + "y".repeat(1 << 19)
                + "\"}";
    }

    /** Equally many literals, eight stars, and parts that repeat: whether two tie has to be worked out for each pair. */
    static String patterns(int literals) {
        SplittableRandom random = new SplittableRandom(1);
        return listed(
                OPEN + "\"tools\":{",
                1_000,
                i -> {
                    StringBuilder pattern = new StringBuilder("*");
                    for (int n = 1; n <= literals; n++) {
                        pattern.append(random.nextBoolean() ? 'a' : 'b');
                        if (n % (literals / 6) == 0 && n < literals) pattern.append('*');
                    }
                    return "\"" + pattern + "*\":{}";
                },
                "}}");
    }

    /** Entries that share counters, so many each. */
    static String sharedCounters(int entries, int sharing, boolean disagreeing) {
        return listed(
                OPEN + "\"tools\":{",
                entries,
                i -> "\"t" + i + "\":{\"limits\":[" + limit("c" + i / sharing, disagreeing ? i + 1 : 1) + "]}",
                "}}");
    }

    static String groupsAndEntries(int count) {
        return listed(
                        OPEN + "\"groups\":[",
                        count,
                        i -> "{\"tools\":[\"t" + i + "\",\"g" + i + "\"],\"limits\":[" + limit("g" + i, 1) + "]}",
                        "],")
                + listed("\"tools\":{", count, i -> "\"t" + i + "\":{\"limits\":[" + limit("t" + i, 1) + "]}", "}}");
    }

    /** Any two of the groups may meet in a call of the one tool. */
    static String groupsOfOneTool(int count) {
        return listed(
                OPEN + "\"groups\":[",
                count,
                i -> "{\"tools\":[\"a\"],\"limits\":[" + limit("g" + i / 2, 1) + "]}",
                "]}");
    }

    /** Two groups that meet in one name, and each with as many others in others; and tools that meet nobody and share their counter. */
    static String twoThatMeetAmongMany(int others, int sharing) {
        String spend = ",\"limits\":[" + limit("spend", 1) + "]}";
        return listed(
                        OPEN + "\"groups\":[",
                        2 * others,
                        i -> "{\"tools\":[\"" + (i % 2 == 0 ? "n" : "m") + i / 2 + "\"],\"limits\":["
                                + limit("g" + i, 1) + "]}",
                        "")
                + listed(",{\"tools\":[", others, i -> "\"n" + i + "\"", ",\"pay\"]" + spend)
                + listed(",{\"tools\":[", others, i -> "\"m" + i + "\"", ",\"pay\"]" + spend + "]")
                + listed(",\"tools\":{", sharing, i -> "\"t" + i + "\":{\"limits\":[" + limit("spend", 1) + "]}", "}}");
    }

    static String limitsOfOneTool(int count) {
        return listed(OPEN + "\"tools\":{\"a\":{\"limits\":[", count, i -> limit("c" + i, 1), "]}}}");
    }

    static String idsTwice(int ids) {
        return conditions(2 * ids, i -> "{\"id\":\"i" + i / 2 + "\",\"conditions\":[]}");
    }

    /** Each pattern is small enough by itself. */
    static String regexes(String pattern) {
        return conditions(MAX, i -> "{\"path\":\"args\",\"op\":\"regex\",\"value\":\"" + pattern + "\"}");
    }

    /** Rules for all tools, and as many tools. */
    static String rulesAndTools(int count) {
        return listed(OPEN + "\"all_tools\":{\"deny_if\":[", count, i -> "{\"conditions\":[]}", "]},")
                + listed("\"tools\":{", count, i -> "\"t" + i + "\":{}", "}}");
    }

    /** Each of the tools is meant by each of the groups, be it by its name or by a pattern. */
    static String groupsOfManyTools(int groups, String tool, String entry, int entries) {
        String rules = "\"deny_if\":[{\"conditions\":[]}]}";
        return listed(
                        OPEN + "\"groups\":[",
                        groups,
                        i -> "{\"tools\":[\"" + tool.replace("#", "" + i) + "\"]," + rules,
                        "],")
                + listed(
                        "\"tools\":{",
                        entries,
                        i -> "\"" + entry.replace("#", "" + i).replace("+", "_".repeat(i % 100)) + "\":{}",
                        "}}");
    }

    /** Tools whose names have one hash: of two pieces that have one, in all orders. */
    static String collidingTools(int count, String one, String other) {
        return listed(OPEN + "\"tools\":{", count, i -> "\"" + colliding(i, one, other) + "\":{}", "}}");
    }

    /** Counters whose names have one hash, one for each tool. */
    static String collidingCounters(int count) {
        return listed(
                OPEN + "\"tools\":{",
                count,
                i -> "\"t" + i + "\":{\"limits\":[{\"counter\":\"" + colliding(i, "Aa", "BB")
                        + "\",\"window\":\"day\",\"max\":1,\"scope\":\"grant\"}]}",
                "}}");
    }

    /** Lists of one hash, to be among which is asked. */
    static String collidingLists(int count) {
        return conditions(
                1,
                rule -> "{\"path\":\"args\",\"op\":\"in\",\"value\":"
                        + listed("[", count, i -> "[\"" + colliding(i, "Aa", "BB") + "\"]", "]") + "}");
    }

    private static String colliding(int number, String one, String other) {
        StringBuilder name = new StringBuilder();
        for (int bit = 0; bit < 18; bit++) name.append((number >> bit & 1) == 0 ? one : other);
        return name.toString();
    }

    /** Each name is nearly matched by each pattern, wherever one begins. */
    static String namesAndPatterns(int names, int patterns) {
        return listed(OPEN + "\"hide\":[", patterns, i -> "\"*" + "a".repeat(62) + "b" + i + "*\"", "],")
                + listed("\"tools\":{", names, i -> "\"" + "a".repeat(121) + (1_000_000 + i) + "\":{}", "}}");
    }

    /** One group of as many names, with as many rules. */
    static String groupOfNamesAndRules(int names, int rules) {
        return OPEN + "\"tools\":{\"*\":{}},\"groups\":[{\"tools\":"
                + listed("[", names, i -> "\"t" + i + "\"", ",\"x*\"]")
                + listed(",\"deny_if\":[", rules, i -> "{\"conditions\":[]}", "]}]}");
    }

    static String patternsThatGrow() {
        return conditions(MAX, i -> "{\"path\":\"args\",\"op\":\"regex\",\"value\":\"(?:a{1000}){39}\"}");
    }

    private static String conditions(int most, IntFunction<String> rule) {
        return listed(OPEN + "\"all_tools\":{\"deny_if\":[", most, rule, "]}}");
    }

    private static String limit(String counter, int max) {
        return "{\"counter\":\"" + counter + "\",\"window\":\"day\",\"max\":" + max + ",\"scope\":\"grant\"}";
    }

    /** As many pieces as are asked for, or as fit. */
    private static String listed(String before, int most, IntFunction<String> piece, String after) {
        StringBuilder out = new StringBuilder(before);
        for (int i = 0; i < most; i++) {
            String next = piece.apply(i);
            if (out.length() + next.length() + after.length() >= MAX) break;
            if (i > 0) out.append(',');
            out.append(next);
        }
        return out.append(after).toString();
    }
}
