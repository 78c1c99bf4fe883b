package dev.toolpolicy.jsonschema;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.everit.json.schema.FormatValidator;

/**
 * Every test of a text that one schema asks for, as what everit calls a format: the one door by which a text is judged by code of
 * ours, and the only one whose message does not repeat the text. The message is the numbers of the tests that failed.
 */
final class TextTests implements FormatValidator {
    private final List<Predicate<String>> tests;

    TextTests(List<Predicate<String>> tests) {
        this.tests = List.copyOf(tests);
    }

    @Override
    public Optional<String> validate(String judged) {
        Work.current().spend(judged.length());
        // Under `propertyNames` it is the name of a member.
        String text = Names.plain(judged);
        StringBuilder failed = null;
        for (int i = 0; i < tests.size(); i++) {
            if (tests.get(i).test(text)) continue;
            if (failed == null) failed = new StringBuilder();
            else failed.append(',');
            failed.append(i);
        }
        return failed == null ? Optional.empty() : Optional.of(failed.toString());
    }

    /** Everit orders some schemas by their hash codes: the order should be the same each time. */
    @Override
    public int hashCode() {
        return tests.size();
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    /** The numbers of the tests that failed. */
    static int[] failed(String message) {
        String[] numbers = message.split(",", -1);
        int[] failed = new int[numbers.length];
        for (int i = 0; i < numbers.length; i++) failed[i] = Integer.parseInt(numbers[i]);
        return failed;
    }
}
