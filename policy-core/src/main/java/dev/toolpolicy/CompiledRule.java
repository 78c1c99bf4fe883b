package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Policy.Rule;
import org.jspecify.annotations.Nullable;

/** A rule of one of the three lists, with the decisions that it can come to already made. */
final class CompiledRule {
    /** The lists of rules, and what a verdict means in each. */
    enum Kind {
        REQUIRE("require", Stance.LETS_THROUGH, Reason.Code.REQUIREMENT_NOT_MET),
        DENY_IF("deny_if", Stance.STOPS, Reason.Code.FORBIDDEN),
        REQUIRE_APPROVAL_IF("require_approval_if", Stance.STOPS, Reason.Code.APPROVAL_REJECTED);

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
    private final String text;
    private final Deny stopped;
    private final Deny failed;
    /** What the rule is, for a question to be bound to; null where nobody is asked. */
    private final @Nullable Rule asking;

    private @Nullable String says;

    private CompiledRule(Kind kind, String name, Check check, String text, @Nullable Rule asking) {
        this.kind = kind;
        this.name = name;
        this.check = check;
        this.text = text;
        this.stopped = new Deny(new Reason(kind.code, name, asking == null ? text : Sentences.REJECTED));
        this.failed = CompiledPolicy.failed(name);
        this.asking = asking;
    }

    static CompiledRule of(Kind kind, Rule rule, String pointer, Checks checks) {
        String name = rule.id().isEmpty() ? pointer : rule.id();
        Check check = checks.all(rule.conditions(), kind.stance);
        return new CompiledRule(kind, name, check, said(kind, rule), kind == Kind.REQUIRE_APPROVAL_IF ? rule : null);
    }

    private static String said(Kind kind, Rule rule) {
        if (!rule.text().isEmpty()) return rule.text();
        return switch (kind) {
            case REQUIRE -> Sentences.must(rule.conditions());
            case DENY_IF -> Sentences.mustNot(rule.conditions());
            case REQUIRE_APPROVAL_IF -> Sentences.asked(rule.conditions());
        };
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

    /** What is said where the rule stops the call, or asks. */
    String text() {
        return text;
    }

    /** What is decided if the rule stops the call; of one that asks, if the answer was no. */
    Deny stopped() {
        return stopped;
    }

    /** The digest of what a rule that asks says, wherever it stands and whatever it is called. */
    String says() {
        String known = says;
        // Agents may have it asked for as often as they like, and it may be long.
        if (known == null) says = known = Digests.sha256(PolicyJson.says(requireNonNull(asking, "asking")));
        return known;
    }

    /** What is decided if the rule cannot be checked at all. */
    Deny failed() {
        return failed;
    }
}
