package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.json.FrozenJson;
import dev.toolpolicy.regex.Regex;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a rule says of a call: a test of one value of it, or a combination of conditions.
 *
 * <p>A condition is true or false; or it cannot be judged, where a value has a type that an operator does not compare; or it is
 * missing, where a path leads to nothing. JSON's null is a value. What each means is up to the list in which a rule stands.
 */
public sealed interface Condition {
    /** False if any is false; true if all are. */
    record AllOf(List<Condition> conditions) implements Condition {
        public AllOf {
            conditions = atLeastOne(conditions);
        }
    }

    /** True if any is true; false if all are. */
    record AnyOf(List<Condition> conditions) implements Condition {
        public AnyOf {
            conditions = atLeastOne(conditions);
        }
    }

    /** Turns true and false around, and leaves what can't be judged as it is. */
    record Not(Condition condition) implements Condition {
        public Not {
            requireNonNull(condition, "condition");
        }
    }

    /**
     * Compares what a path leads to with an operand.
     *
     * @param ifMissing what the test says where the path leads to nothing
     */
    record Test(CallPath path, Operator operator, Operand operand, IfMissing ifMissing) implements Condition {
        /** @throws BadOperand if the operator could never judge by this operand */
        public Test {
            requireNonNull(path, "path");
            requireNonNull(ifMissing, "ifMissing");
            List<Fault> faults =
                    Operands.faults(requireNonNull(operator, "operator"), requireNonNull(operand, "operand"));
            if (!faults.isEmpty()) throw new BadOperand(faults);
            if (operator == Operator.EXISTS && ifMissing != IfMissing.UNSAID) {
                throw new IllegalArgumentException("`exists` itself says whether something is missing");
            }
        }

        /** About how many steps the regular expression compiles to, at some sixty bytes each; 0 where there is none. */
        public long regexSteps() {
            boolean regex = operator == Operator.REGEX || operator == Operator.MATCHES;
            return regex ? Regex.steps(String.valueOf(((Value) operand).json())) : 0;
        }
    }

    /** What an argument is compared with. */
    sealed interface Operand {}

    /** A value that the policy gives. */
    record Value(@Nullable Object json) implements Operand {
        /** @throws IllegalArgumentException if it is not a JSON value */
        public Value {
            json = FrozenJson.value(json);
        }
    }

    /** A value that is looked up in the call. */
    record ValueFrom(CallPath path) implements Operand {
        public ValueFrom {
            if (path.everyElement()) throw new IllegalArgumentException("value_from is one value, got " + path);
        }
    }

    /** What a test says where its path leads to nothing. */
    enum IfMissing {
        /** That it is missing. */
        UNSAID,
        /** As if it had been compared and held. */
        TRUE,
        /** As if it had been compared and had not held. */
        FALSE
    }

    /** How a value is compared; the README has a row for each. */
    enum Operator {
        EQ("eq", true),
        NEQ("neq", true),
        IN("in", true),
        NOT_IN("not_in", true),
        LT("lt", true),
        LTE("lte", true),
        GT("gt", true),
        GTE("gte", true),
        REGEX("regex", false),
        MATCHES("matches", false),
        CONTAINS("contains", true),
        STARTS_WITH("starts_with", true),
        ENDS_WITH("ends_with", true),
        EXISTS("exists", false),
        IS("is", false),
        PATH_WITHIN("path_within", false),
        HOST_IN("host_in", false);

        private final String word;
        private final boolean takesValueFrom;

        Operator(String word, boolean takesValueFrom) {
            this.word = word;
            this.takesValueFrom = takesValueFrom;
        }

        /** The operator as a policy writes it. */
        public String word() {
            return word;
        }

        /** The operator that a policy writes so. */
        public static Optional<Operator> of(String word) {
            return Arrays.stream(values())
                    .filter(operator -> operator.word.equals(word))
                    .findFirst();
        }

        /** Whether the operand may be looked up in the call. */
        public boolean takesValueFrom() {
            return takesValueFrom;
        }

        /** Whether a match says that a value is known to be good, so that it may only ever let a call through. */
        public boolean allowListOnly() {
            return this == PATH_WITHIN || this == HOST_IN;
        }
    }

    /**
     * One thing that is wrong with an operand.
     *
     * @param pointer where in the operand, as RFC 6901 spells it; {@code ""} is all of it
     */
    record Fault(Kind kind, String pointer, String message, String hint) {
        public Fault {
            requireNonNull(kind, "kind");
            requireNonNull(pointer, "pointer");
            requireNonNull(message, "message");
            requireNonNull(hint, "hint");
        }

        /** What sort of fault it is. */
        public enum Kind {
            /** Another JSON type than the operator needs. */
            TYPE,
            /** A list without elements. */
            EMPTY,
            /** The right type, but no value that the operator knows. */
            VALUE,
            /** Not a regular expression that is run. */
            REGEX,
            /** Not a plain file path. */
            FILE_PATH,
            /** Not a host pattern. */
            HOST
        }
    }

    /** An operand by which its operator could never judge; the message names the first fault. */
    final class BadOperand extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        /** Lost where an exception is sent elsewhere: the message has them all. */
        private final transient @Nullable List<Fault> faults;

        BadOperand(List<Fault> faults) {
            super(faults.stream().map(Fault::message).collect(Collectors.joining("; ")));
            this.faults = List.copyOf(faults);
        }

        /** Everything that is wrong with the operand; empty in an exception that was serialized. */
        public List<Fault> faults() {
            return faults == null ? List.of() : faults;
        }
    }

    private static List<Condition> atLeastOne(List<Condition> conditions) {
        List<Condition> copy = List.copyOf(conditions);
        if (copy.isEmpty()) throw new IllegalArgumentException("conditions must not be empty");
        return copy;
    }
}
