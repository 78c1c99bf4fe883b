package dev.toolpolicy;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Policy.Rule;

/** A rule of one of the three lists, with the decisions that it can come to already made. */
final class CompiledRule {
    /** The lists of rules, and what a verdict means in each. */
    enum Kind {
        REQUIRE("require", Stance.LETS_THROUGH, Reason.Code.REQUIREMENT_NOT_MET),
        DENY_IF("deny_if", Stance.STOPS, Reason.Code.FORBIDDEN),
        REQUIRE_APPROVAL_IF("require_approval_if", Stance.STOPS, Reason.Code.CHECK_FAILED);

        private final String key;
        private final Stance stance;
        private final Reason.Code code;

        Kind(String key, Stance stance, Reason.Code code) {
            this.key = key;
            this.stance = stance;
            this.code = code;
        }

        String key() {
            return key;
        }

        /**
         * Whether a rule of this list stops the call: one that requires, unless it holds; one that denies, if it holds or
         * cannot be judged; one that asks, unless it is known not to hold.
         */
        boolean stops(Verdict verdict) {
            return switch (this) {
                case REQUIRE -> verdict != Verdict.TRUE;
                case DENY_IF -> verdict == Verdict.TRUE || verdict == Verdict.UNDECIDABLE;
                case REQUIRE_APPROVAL_IF -> verdict != Verdict.FALSE;
            };
        }
    }

    private final Kind kind;
    private final String name;
    private final Check check;
    private final Deny stopped;
    private final Deny failed;

    private CompiledRule(Kind kind, String name, Check check, Deny stopped, Deny failed) {
        this.kind = kind;
        this.name = name;
        this.check = check;
        this.stopped = stopped;
        this.failed = failed;
    }

    static CompiledRule of(Kind kind, Rule rule, String pointer) {
        String name = rule.id().isEmpty() ? pointer : rule.id();
        Check check = Check.all(rule.conditions(), kind.stance);
        Deny stopped = new Deny(new Reason(kind.code, name, said(kind, rule)));
        return new CompiledRule(kind, name, check, stopped, CompiledPolicy.failed(name));
    }

    private static String said(Kind kind, Rule rule) {
        if (!rule.text().isEmpty()) return rule.text();
        return kind == Kind.REQUIRE ? Sentences.must(rule.conditions()) : Sentences.mustNot(rule.conditions());
    }

    Kind kind() {
        return kind;
    }

    String name() {
        return name;
    }

    Check check() {
        return check;
    }

    Deny stopped() {
        return stopped;
    }

    /** What is decided if the rule cannot be checked at all. */
    Deny failed() {
        return failed;
    }
}
