package dev.toolpolicy.analysis;

import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedLimit;

/** Limits by session: where a caller can begin a new session, the count begins anew with it. */
final class SessionLimits implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        subject.limits()
                .filter(placed -> placed.limit().counter().scope().kind() == Scope.Kind.SESSION)
                .forEach(placed -> notes.add(Code.SESSION_LIMIT, placed.pointer(), message(placed), hint(placed)));
    }

    private static String message(PlacedLimit placed) {
        String counted = "is counted by session, so whoever can begin a new session begins a new count";
        if (isRateLimit(placed)) return "`rate_limit` " + counted;
        return "the limit `" + placed.limit().counter().name() + "` " + counted;
    }

    private static String hint(PlacedLimit placed) {
        String scope = isRateLimit(placed) ? "add `\"scope\": \"grant\"`" : "write `\"scope\": \"grant\"`";
        return scope + ", unless sessions are given out by the host and cannot be renewed at will";
    }

    private static boolean isRateLimit(PlacedLimit placed) {
        return placed.pointer().endsWith("/rate_limit");
    }
}
