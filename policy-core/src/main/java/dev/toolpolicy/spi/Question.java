package dev.toolpolicy.spi;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a person is asked: whether this caller may make this very call, once.
 *
 * @param key tells questions apart: two calls ask the same if and only if namespace, grant, attributes, tool, arguments and what
 *     the asking rules say are the same. 64 hexadecimal digits
 * @param namespace whose question it is, where several evaluators share the approvals
 * @param argumentsJson the very arguments that will run, as canonical JSON
 * @param rules the rules that ask, in the order of the policy
 */
public record Question(
        String key, String namespace, Asker asker, String tool, String argumentsJson, List<Asking> rules) {
    public Question {
        requireNonNull(key, "key");
        requireNonNull(namespace, "namespace");
        requireNonNull(asker, "asker");
        requireNonNull(tool, "tool");
        requireNonNull(argumentsJson, "argumentsJson");
        rules = List.copyOf(rules);
        if (rules.isEmpty()) throw new IllegalArgumentException("a rule asks, or there is no question");
    }

    /**
     * A rule that asks.
     *
     * @param rule its id, else its JSON Pointer in the policy
     * @param text why it asks, in the author's words, else in ours
     */
    public record Asking(String rule, String text) {
        public Asking {
            requireNonNull(rule, "rule");
            requireNonNull(text, "text");
        }
    }

    /** Who asks for what; no arguments, for this may end up in a log. */
    @Override
    public String toString() {
        return "Question[" + key + "]";
    }
}
