package dev.toolpolicy.examples.benchmarks.peers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** What every engine is told, and asked: so many rules, and {@link #CALLS} calls, of which every second is to be refused. */
final class Rules {
    /** How many calls there are, one after the other in turn, so that a branch does not go the same way every time. */
    static final int CALLS = 64;

    static final String ROLE = "finance";
    static final long MOST = 100;

    private final int tools;

    Rules(int tools) {
        this.tools = tools;
    }

    /** One for each rule. */
    List<String> tools() {
        return IntStream.range(0, tools).mapToObj(Rules::tool).toList();
    }

    /** Of tools that lie apart. */
    List<Question> questions() {
        return IntStream.range(0, CALLS).mapToObj(this::question).toList();
    }

    private Question question(int call) {
        String role = call % 4 == 1 ? "support" : ROLE;
        long amount = call % 4 == 3 ? MOST + 1 + call : MOST - call;
        return new Question(role, tool((int) ((long) call * tools / CALLS)), Map.of("amount", amount));
    }

    private static String tool(int number) {
        return "tool-" + number;
    }

    /** What is right. */
    static boolean allows(int call) {
        return call % 2 == 0;
    }

    /** May somebody of this role call this tool with these arguments, which an agent may have called what it likes? */
    record Question(String role, String tool, Map<String, Object> arguments) {
        /** For engines that are told of an amount, and of nothing else. */
        long amount() {
            return (Long) Objects.requireNonNull(arguments.get("amount"));
        }

        /** As whoever writes it by hand would ask. */
        boolean isSmall() {
            return arguments.get("amount") instanceof Long amount && amount <= MOST;
        }
    }
}
