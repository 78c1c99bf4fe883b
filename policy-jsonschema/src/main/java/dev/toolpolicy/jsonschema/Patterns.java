package dev.toolpolicy.jsonschema;

import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.regex.Regex;
import java.util.Optional;
import java.util.function.Predicate;
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
            words.report(at, fault.get().message(), fault.get().hint());
            return Optional.empty();
        }
        return reader.keeps(pattern, at) ? Optional.of(Regex.of(pattern, false)) : Optional.empty();
    }

    /** A text that is too long to be searched is neither a match nor none: under {@code not} each would be wrong. */
    static Predicate<String> found(Regex regex) {
        long longest = regex.mostCharacters();
        return text -> {
            if (text.length() > longest) throw new Work.TooMuchWork();
            return regex.found(text);
        };
    }

    /** What everit asks of a name. */
    static Regexp onNames(Regex regex) {
        Predicate<String> found = found(regex);
        return name -> found.test(name) ? Optional.empty() : NO_MATCH;
    }
}
