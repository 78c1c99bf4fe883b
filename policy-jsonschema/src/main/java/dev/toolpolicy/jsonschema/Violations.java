package dev.toolpolicy.jsonschema;

import dev.toolpolicy.jsonschema.Rule.Asked;
import dev.toolpolicy.spi.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.everit.json.schema.ValidationException;

/**
 * Tells in our words what everit found: the place in the arguments, the word of the schema, and what it asks for. Nothing of
 * everit's own messages is repeated: they hold the values.
 */
final class Violations {
    private static final String REQUIRED = "required key [";
    private static final String REQUIRED_END = "] not found";
    private static final String NEEDED = "property [";
    private static final String NEEDED_END = "] is required";

    /** Everit's words that are the document's own, whatever the schema is in which they are broken. */
    private static final Set<String> NAMED_RIGHT = Set.of(
            "type",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "contains",
            "required",
            "minProperties",
            "maxProperties",
            "dependencies",
            "oneOf",
            "not");

    private final Map<String, Rule> rules;

    /** @param rules by the location that everit names */
    Violations(Map<String, Rule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /** Every violation, by its place in the arguments. */
    List<Violation> of(ValidationException exception) {
        List<Found> found = new ArrayList<>();
        collect(exception, found);
        Collections.sort(found);
        List<Violation> told = new ArrayList<>();
        for (Found fault : found) {
            // The same ones stand beside each other. No hash table: an agent chooses the names, and with them the hash
            // codes.
            if (told.isEmpty() || !told.get(told.size() - 1).equals(fault.violation)) told.add(fault.violation);
        }
        return Collections.unmodifiableList(told);
    }

    /** Where the first fault is, of more than are told. Which rule is broken there, everit does not always tell right. */
    static Violation firstOf(ValidationException exception) {
        ValidationException first = exception;
        while ("allOf".equals(first.getKeyword())
                && !first.getCausingExceptions().isEmpty()) {
            first = first.getCausingExceptions().get(0);
        }
        String word = String.valueOf(first.getKeyword());
        return new Violation(
                pointer(first),
                NAMED_RIGHT.contains(word) ? word : "arguments_schema",
                "what the schema asks for there; the rest was not looked at, for it is too much to list");
    }

    private void collect(ValidationException exception, List<Found> found) {
        if (told(exception, found)) return;
        List<ValidationException> causes = exception.getCausingExceptions();
        if (causes.isEmpty()) throw new IllegalStateException("a violation that no rule explains");
        // Of `if` and `else` both are causes; what must be met is the last.
        boolean onlyLast = "else".equals(exception.getKeyword());
        for (ValidationException cause : onlyLast ? causes.subList(causes.size() - 1, causes.size()) : causes) {
            collect(cause, found);
        }
    }

    /** The way to a violation: in the names that everit gets there is nothing that it would escape. */
    private static String pointer(ValidationException exception) {
        String[] steps = exception.getPointerToViolation().split("/", -1);
        StringBuilder pointer = new StringBuilder();
        for (int i = 1; i < steps.length; i++) pointer.append('/').append(escaped(steps[i]));
        return pointer.toString();
    }

    private static String escaped(String masked) {
        return Names.plain(masked).replace("~", "~0").replace("/", "~1");
    }

    /** Whether there was a rule for it. */
    private boolean told(ValidationException exception, List<Found> found) {
        Rule rule = rules.get(String.valueOf(exception.getSchemaLocation()));
        String word = exception.getKeyword();
        if (rule == null || word == null) return false;
        String pointer = pointer(exception);
        if (word.equals("format")) {
            for (int index : TextTests.failed(exception.getErrorMessage())) {
                found.add(Found.at(pointer, rule.ofText(index)));
            }
            return true;
        }
        Optional<Asked> asked = rule.asked(word);
        if (asked.isPresent() && !(rule.choices() > 1 && chosen(rule, asked.get(), exception, pointer, found))) {
            found.add(Found.at(pointer + missing(rule, exception.getErrorMessage()), asked.get()));
        }
        return asked.isPresent();
    }

    /**
     * Where one of several schemas is asked for, and all but one are not meant, for the value is of another type or has another
     * constant in a member: what is wrong by that one.
     */
    private boolean chosen(Rule rule, Asked asked, ValidationException exception, String pointer, List<Found> found) {
        List<ValidationException> causes = exception.getCausingExceptions();
        if (causes.size() < rule.choices()) {
            found.add(Found.at(pointer, new Asked(asked.word(), asked.expected() + ", and it fits more")));
            return true;
        }
        List<Found> meant = null;
        for (ValidationException cause : causes) {
            List<Found> one = new ArrayList<>();
            collect(cause, one);
            if (one.stream().anyMatch(fault -> fault.tellsApart(pointer))) continue;
            if (meant != null) return false;
            meant = one;
        }
        if (meant != null) found.addAll(meant);
        return meant != null;
    }

    /** The member that is missing, as the end of a pointer; nothing if none of the schema's is. */
    private static String missing(Rule rule, String message) {
        return within(message, REQUIRED, REQUIRED_END)
                .or(() -> within(message, NEEDED, NEEDED_END))
                .filter(rule::mayMiss)
                .map(name -> "/" + escaped(name))
                .orElse("");
    }

    private static Optional<String> within(String message, String start, String end) {
        return message.startsWith(start) && message.endsWith(end)
                ? Optional.of(message.substring(start.length(), message.length() - end.length()))
                : Optional.empty();
    }

    /** A violation, and the steps to its place: by these it is told before or after another. */
    private record Found(Violation violation, List<String> steps) implements Comparable<Found> {
        private static final Comparator<Found> WORDS = Comparator.comparing((Found found) -> found.violation.keyword())
                .thenComparing(found -> found.violation.expected());

        static Found at(String pointer, Asked asked) {
            return new Found(new Violation(pointer, asked.word(), asked.expected()), List.of(pointer.split("/", -1)));
        }

        /** Whether this shows that another of several schemas for the value at this place is meant. */
        boolean tellsApart(String pointer) {
            String word = violation.keyword();
            boolean constant = word.equals("const") || word.equals("enum");
            if (violation.pointer().equals(pointer)) return constant || word.equals("type");
            return constant && violation.pointer().lastIndexOf('/') == pointer.length();
        }

        @Override
        public int compareTo(Found other) {
            for (int i = 0; i < Math.min(steps.size(), other.steps.size()); i++) {
                int order = byStep(steps.get(i), other.steps.get(i));
                if (order != 0) return order;
            }
            int order = Integer.compare(steps.size(), other.steps.size());
            return order != 0 ? order : WORDS.compare(this, other);
        }

        /** Numbers first, by their size. */
        private static int byStep(String a, String b) {
            boolean isIndex = isIndex(a);
            if (isIndex != isIndex(b)) return isIndex ? -1 : 1;
            return isIndex && a.length() != b.length() ? Integer.compare(a.length(), b.length()) : a.compareTo(b);
        }

        private static boolean isIndex(String step) {
            for (int i = 0; i < step.length(); i++) {
                if (step.charAt(i) < '0' || step.charAt(i) > '9') return false;
            }
            return !step.isEmpty();
        }
    }
}
