package dev.toolpolicy.jsonschema;

import dev.toolpolicy.jsonschema.Rule.Asked;
import dev.toolpolicy.spi.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    private final Map<String, Rule> rules;

    /** @param rules by the location that everit names */
    Violations(Map<String, Rule> rules) {
        this.rules = Map.copyOf(rules);
    }

    /** Every violation, by its place in the arguments. */
    List<Violation> of(ValidationException exception) {
        List<Found> found = new ArrayList<>();
        collect(exception, "", 0, found);
        return found.stream().sorted().map(Found::violation).distinct().toList();
    }

    /** Where the first fault is, of more than are told. */
    static Violation firstOf(ValidationException exception) {
        String pointer = pointer("", exception.getPointerToViolation().split("/", -1), 0);
        return new Violation(
                pointer,
                "arguments_schema",
                "a value that fits its schema; the arguments are too large to say what else is wrong");
    }

    /**
     * Everit escapes the names on the way to a violation once more for each violation above it. So of each only what it adds to
     * the way of the one above is read: that much was escaped once.
     *
     * @param above the way of the violation above, as a pointer of ours
     * @param steps how many steps that has
     */
    private void collect(ValidationException exception, String above, int steps, List<Found> found) {
        String[] way = exception.getPointerToViolation().split("/", -1);
        String pointer = pointer(above, way, steps);
        if (told(exception, pointer, found)) return;
        List<ValidationException> causes = exception.getCausingExceptions();
        if (causes.isEmpty()) throw new IllegalStateException("a violation that no rule explains");
        // Of `if` and `else` both are causes; what must be met is the last.
        boolean onlyLast = "else".equals(exception.getKeyword());
        for (ValidationException cause : onlyLast ? causes.subList(causes.size() - 1, causes.size()) : causes) {
            collect(cause, pointer, way.length - 1, found);
        }
    }

    private static String pointer(String above, String[] way, int steps) {
        StringBuilder pointer = new StringBuilder(above);
        for (int i = steps + 1; i < way.length; i++) pointer.append('/').append(withoutBackslashes(way[i]));
        return pointer.toString();
    }

    /** Whether there was a rule for it. */
    private boolean told(ValidationException exception, String pointer, List<Found> found) {
        Rule rule = rules.get(String.valueOf(exception.getSchemaLocation()));
        String word = exception.getKeyword();
        if (rule == null || word == null) return false;
        if (word.equals("format")) {
            for (int index : TextTests.failed(exception.getErrorMessage())) {
                found.add(Found.at(pointer, rule.ofText(index)));
            }
            return true;
        }
        Optional<Asked> asked = rule.asked(word);
        asked.ifPresent(ask -> found.add(Found.at(pointer + missing(rule, exception.getErrorMessage()), ask)));
        return asked.isPresent();
    }

    /** The member that is missing, as the end of a pointer; nothing if none of the schema's is. */
    private static String missing(Rule rule, String message) {
        return within(message, REQUIRED, REQUIRED_END)
                .or(() -> within(message, NEEDED, NEEDED_END))
                .filter(rule::mayMiss)
                .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
                .orElse("");
    }

    private static Optional<String> within(String message, String start, String end) {
        return message.startsWith(start) && message.endsWith(end)
                ? Optional.of(message.substring(start.length(), message.length() - end.length()))
                : Optional.empty();
    }

    /** Everit puts a backslash before quotes and backslashes, which no pointer has. */
    private static String withoutBackslashes(String step) {
        if (step.indexOf('\\') < 0) return step;
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < step.length(); i++) {
            if (step.charAt(i) == '\\') i++;
            out.append(step.charAt(i));
        }
        return out.toString();
    }

    /** A violation, and the steps to its place: by these it is told before or after another. */
    private record Found(Violation violation, List<String> steps) implements Comparable<Found> {
        private static final Comparator<Found> WORDS = Comparator.comparing((Found found) -> found.violation.keyword())
                .thenComparing(found -> found.violation.expected());

        static Found at(String pointer, Asked asked) {
            return new Found(new Violation(pointer, asked.word(), asked.expected()), List.of(pointer.split("/", -1)));
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
