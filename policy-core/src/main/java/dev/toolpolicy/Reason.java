package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

/**
 * Why a call is denied.
 *
 * @param code for programs
 * @param rule what denied: a rule's id, else its JSON Pointer in the document; {@code ""} where no rule did
 * @param message for the agent: short, stable, without any argument's value
 */
public record Reason(Code code, String rule, String message) {
    public Reason {
        requireNonNull(code, "code");
        requireNonNull(rule, "rule");
        requireNonNull(message, "message");
    }

    /** Why a call is denied, in the order in which it is found out. Codes are stable. */
    public enum Code {
        /** The identity, the tool's name or the arguments are not what they must be. */
        MALFORMED_CALL,
        /** There is no policy for the grant. */
        NO_POLICY,
        /** The tool is hidden: to the agent it does not exist. */
        HIDDEN,
        /** The name is almost that of another tool. */
        LOOK_ALIKE,
        /** No entry matches, and the default denies. */
        NOT_LISTED,
        /** The tool's entry denies it. */
        TOOL_DENIED,
        /** A requirement does not hold, or cannot be judged. */
        REQUIREMENT_NOT_MET,
        /** What is forbidden holds, or cannot be judged. */
        FORBIDDEN,
        /** The arguments break the tool's schema. */
        INVALID_ARGUMENTS,
        /** An amount that a limit counts is none. */
        INVALID_AMOUNT,
        /** Too many questions wait for an answer already. */
        TOO_MANY_QUESTIONS,
        /** A person said no. */
        APPROVAL_REJECTED,
        /** A check failed, took too long, or was not there: whatever is in doubt is denied. */
        CHECK_FAILED
    }
}
