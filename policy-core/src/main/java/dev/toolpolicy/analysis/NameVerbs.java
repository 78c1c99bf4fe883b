package dev.toolpolicy.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a tool probably does, by the words of its name alone. */
final class NameVerbs {
    private static final Set<String> READING = Set.of(
            "list",
            "get",
            "read",
            "search",
            "find",
            "show",
            "describe",
            "check",
            "count",
            "view",
            "fetch",
            "lookup",
            "peek",
            "inspect",
            "status",
            "validate",
            "query",
            "preview",
            "estimate",
            "quote",
            "calculate",
            "compute",
            "simulate",
            "verify");
    private static final Set<String> WRITING = Set.of(
            "write",
            "create",
            "update",
            "set",
            "put",
            "add",
            "insert",
            "edit",
            "modify",
            "send",
            "publish",
            "post",
            "upload",
            "save",
            "move",
            "rename",
            "copy",
            "import",
            "submit",
            "merge",
            "push",
            "pay",
            "transfer",
            "refund",
            "charge",
            "buy",
            "sell",
            "withdraw",
            "approve",
            "cancel",
            "enable",
            "disable",
            "assign",
            "patch");
    private static final Set<String> RUNNING =
            Set.of("execute", "exec", "run", "eval", "shell", "spawn", "invoke", "deploy", "bash", "sudo");
    private static final Set<String> DESTROYING = Set.of(
            "delete",
            "drop",
            "purge",
            "destroy",
            "truncate",
            "wipe",
            "erase",
            "remove",
            "kill",
            "terminate",
            "reset",
            "revoke",
            "uninstall");

    private static final Set<String> TOLD = Set.of("status", "history", "result", "results", "info");

    private static final int LONG = 5;

    private NameVerbs() {}

    /** Whether it runs or destroys things, and does not merely read. */
    static boolean isDangerous(String name) {
        List<String> words = doing(name);
        // `run_status` tells what became of a run.
        boolean tells = !words.isEmpty() && TOLD.contains(words.get(words.size() - 1));
        return words.stream().anyMatch(word -> (RUNNING.contains(word) && !tells) || DESTROYING.contains(word));
    }

    /** What it does beside reading: of {@code get_and_delete_message} what follows the {@code and}. */
    private static List<String> doing(String name) {
        List<String> words = words(name);
        int and = words.indexOf("and");
        if (!isReading(name)) return words;
        return and < 0 ? List.of() : words.subList(and + 1, words.size());
    }

    /** Whether it reads, by the first word. */
    static boolean isReading(String name) {
        List<String> words = words(name);
        return !words.isEmpty() && READING.contains(words.get(0));
    }

    /** Whether it changes something. */
    static boolean writes(String name) {
        return isDangerous(name) || doing(name).stream().anyMatch(WRITING::contains);
    }

    /** The words of a name or pattern in lower case: {@code delete_queue}, {@code deleteQueue}, {@code delete-*}. */
    static List<String> words(String name) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        for (int i = 0; i <= name.length(); i++) {
            char c = i < name.length() ? name.charAt(i) : '_';
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
            boolean begins = c >= 'A' && c <= 'Z' && i > 0 && name.charAt(i - 1) >= 'a' && name.charAt(i - 1) <= 'z';
            if ((!letter || begins) && word.length() > 0) {
                // What a star may go on with is not a word yet: `run*` is `runtime` too; a long one hardly becomes
                // another.
                if (c != '*' || word.length() >= LONG) words.add(word.toString().toLowerCase(Locale.ROOT));
                word.setLength(0);
            }
            if (letter) word.append(c);
        }
        return words;
    }
}
