package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.regex.Regex;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.everit.json.schema.regexp.JavaUtilRegexpFactory;
import org.everit.json.schema.regexp.Regexp;
import org.everit.json.schema.regexp.RegexpMatchingFailure;

/** Regular expressions of a schema: on texts, and on the names of members. */
final class Patterns {
    /** What matching takes for each step and character, in nanoseconds. */
    static final long STEP = 5;

    /** Everit keeps the making of it to itself, and nobody reads it. */
    private static final Optional<RegexpMatchingFailure> NO_MATCH =
            new JavaUtilRegexpFactory().createHandler("a").patternMatchingFailure("");

    private Patterns() {}

    /** A pattern that is run; empty, and reported, if it is not. */
    static Optional<Regex> compile(SchemaReader reader, Words words, String pattern, Pointer at) {
        Optional<Regex.Fault> fault = Regex.fault(pattern);
        if (fault.isPresent()) {
            words.report(at, fault.get().message(), hint(pattern, fault.get().hint()));
            return Optional.empty();
        }
        return reader.keeps(pattern, at) ? Optional.of(Regex.of(pattern, false)) : Optional.empty();
    }

    /** What helps in a schema, where the library's own hint is about conditions. */
    private static String hint(String pattern, String otherwise) {
        if (Stream.of("(?=", "(?!", "(?<=", "(?<!").anyMatch(pattern::contains)) {
            return "RE2 has no look-around; write two: {\"allOf\": [{\"pattern\": \"…\"}, {\"not\": {\"pattern\": \"…\"}}]},"
                    + " with `not` where it must not match";
        }
        return otherwise;
    }

    /** A text that is too long to be searched is neither a match nor none: under {@code not} each would be wrong. */
    static Predicate<String> found(Regex regex) {
        long longest = regex.mostCharacters();
        long each = STEP * regex.steps();
        return text -> {
            if (text.length() > longest) {
                throw new Work.TooMuchWork("a text of " + text.length()
                        + " characters is too long for its pattern, which is run on at most " + longest);
            }
            // At its end there is work, too: an empty one is not searched for nothing.
            Work.current().spend((text.length() + 1) * each);
            return regex.found(text);
        };
    }

    /** What everit asks of a name. */
    static Regexp onNames(Regex regex) {
        return new OnNames(found(regex), regex.toString());
    }

    /** Everit keeps these in a hash table: their order should be the same each time. */
    private record OnNames(Predicate<String> found, String pattern) implements Regexp {
        @Override
        public Optional<RegexpMatchingFailure> patternMatchingFailure(String name) {
            return found.test(Names.plain(name)) ? Optional.empty() : NO_MATCH;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof OnNames that && pattern.equals(that.pattern);
        }

        @Override
        public int hashCode() {
            return pattern.hashCode();
        }
    }
}
