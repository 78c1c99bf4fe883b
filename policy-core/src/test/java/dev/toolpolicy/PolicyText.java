package dev.toolpolicy;

import dev.toolpolicy.document.PolicyParser;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Policies and conditions in one line of Java: with single quotes, and without what they all have. */
final class PolicyText {
    private PolicyText() {}

    /** A policy of these members beside its version. */
    static Policy policy(String members) {
        String document = ("{'version':'1'," + members + "}").replace('\'', '"');
        return PolicyParser.with(new TinySchema()).parse(document).orThrow();
    }

    /** A test's members. */
    static String test(String path, String operator, String value) {
        return "'path':'" + path + "','op':'" + operator + "','value':" + value;
    }

    static String not(String condition) {
        return "'not':{" + condition + "}";
    }

    static String any(String... conditions) {
        return "'any_of':" + list(conditions);
    }

    static String all(String... conditions) {
        return "'all_of':" + list(conditions);
    }

    /** A list of conditions that are given by their members. */
    static String list(String... conditions) {
        return Arrays.stream(conditions).map(members -> "{" + members + "}").collect(Collectors.joining(",", "[", "]"));
    }
}
