package dev.toolpolicy.testing;

import java.util.stream.Collectors;

/** What is said of a call that was not decided as expected. */
final class Failure {
    private Failure() {}

    static String text(String headline, Told expected, Scene.Answer answer) {
        String why = answer.why().get().lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
        String hint = expected.takenForAnother(answer.told())
                ? "  hint: no rule of the policy has judged this call; if that is meant, expect its code\n"
                : "";
        return headline + "\n  expected: " + expected + "\n  actual:   " + answer.told() + "\n  why:\n" + why + "\n"
                + hint;
    }
}
