package dev.toolpolicy.regex;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.toolpolicy.json.Json;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression for texts that an agent chose: the syntax of RE2, in time linear in the text, times the size of the
 * program. That size is bounded here, and so is what compiling costs, because RE2/J itself bounds neither.
 *
 * <p>{@code $} is the end of the text only; whether a dot takes a line feed is said where it is compiled.
 */
public final class Regex {
    /** What is matched in a call: characters times steps of the program. About a fifth of a second. */
    private static final long MOST_WORK = 20_000_000;

    static final int MAX_LENGTH = 1_000;
    static final int MAX_NESTING = 50;
    static final int MAX_PROGRAM = 2_000;

    /** What RE2/J says, and what we say; the fragment that it names is added. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("invalid character class", "a class that RE2 does not read"),
            Map.entry("invalid character class range", "a range or class of characters that RE2 does not know"),
            Map.entry("invalid escape sequence", "an escape that RE2 does not have"),
            Map.entry("invalid named capture", "a name that no group can have"),
            Map.entry("duplicate capture group name", "a name that two groups have"),
            Map.entry("invalid or unsupported Perl syntax", "a group that RE2 does not have"),
            Map.entry("invalid repetition count", "a number of repeats that is not run"),
            Map.entry("invalid repeat count", "a number of repeats that is not run"),
            Map.entry("bad repetition operator", "a number of repeats that is not run"),
            Map.entry("invalid nested repetition operator", "one repeat directly after another"),
            Map.entry("missing argument to repetition operator", "a repeat with nothing to repeat"),
            Map.entry("missing closing ]", "a class that is not closed"),
            Map.entry("missing closing )", "a group that is not closed"),
            Map.entry("missing parenthesis", "a group that is not closed"),
            Map.entry("unexpected )", "a `)` without its `(`"),
            Map.entry("regexp/syntax: internal error", "a `)` without its `(`"),
            Map.entry("internal error", "a `)` without its `(`"),
            Map.entry("trailing backslash at end of expression", "a backslash at the end"));

    private final Pattern pattern;

    private Regex(Pattern pattern) {
        this.pattern = pattern;
    }

    /**
     * Compiles a pattern.
     *
     * @param dotTakesLineFeed whether a dot matches a line feed too
     * @throws IllegalArgumentException if it has a {@link #fault}
     */
    public static Regex of(String pattern, boolean dotTakesLineFeed) {
        beforeCompiling(pattern).ifPresent(fault -> {
            throw new IllegalArgumentException(fault.message());
        });
        try {
            Pattern compiled = Pattern.compile(pattern, dotTakesLineFeed ? Pattern.DOTALL : 0);
            if (compiled.programSize() <= MAX_PROGRAM) return new Regex(compiled);
        } catch (RuntimeException | StackOverflowError e) {
            // Said below: RE2/J's own message names its insides.
        }
        throw new IllegalArgumentException("not a regular expression that is run");
    }

    /** Whether some part of the text matches. */
    public boolean found(String text) {
        return pattern.matcher(text).find();
    }

    /** Whether the text matches as a whole. */
    public boolean covers(String text) {
        return pattern.matcher(text).matches();
    }

    /** How many steps the program has: matching takes at most so many for each character. */
    public int steps() {
        return Math.max(1, pattern.programSize());
    }

    /**
     * The length of all the texts together that a call may have matched, where each has one more than its characters: a pattern is
     * at work at its end, too. Whoever matches more must not call it a match, or none.
     */
    public long mostCharacters() {
        return MOST_WORK / steps();
    }

    /** About how many steps a pattern compiles to, at some sixty bytes each; costs little whatever the pattern. */
    public static long steps(String pattern) {
        return RegexScan.of(pattern).size();
    }

    @Override
    public String toString() {
        return pattern.pattern();
    }

    /** What keeps a pattern from being run, if anything does. */
    public static Optional<Fault> fault(String pattern) {
        Optional<Fault> fault = beforeCompiling(pattern);
        return fault.isPresent() ? fault : compiled(pattern);
    }

    private static Optional<Fault> beforeCompiling(String pattern) {
        if (pattern.length() > MAX_LENGTH) {
            return fault(
                    "the pattern has " + pattern.length() + " characters, expected at most " + MAX_LENGTH,
                    "shorten it, or list the values");
        }
        RegexScan scan = RegexScan.of(pattern);
        if (scan.nesting() > MAX_NESTING) {
            return fault(
                    "groups are nested " + scan.nesting() + " deep, expected at most " + MAX_NESTING,
                    "flatten the groups");
        }
        if (!scan.bannedFlags().isEmpty()) {
            return fault(
                    "found `" + Json.shown(scan.bannedFlags()) + "`, expected no group that names the flags `m` or `s`",
                    "leave the flag out: `$` is the end of the text, and whether `.` takes a line feed is chosen for you, "
                            + "on the safe side");
        }
        if (scan.foldsEndlessly()) {
            return fault(
                    "found a letter from U+1C80 to U+1C88 where case is ignored, expected none of these",
                    "leave these old Cyrillic letters out, and ranges that hold them; or leave out `(?i)` and write both cases");
        }
        // Far above the bound on the program, for this is a rough upper estimate; but before anything is compiled.
        return scan.size() > 20L * MAX_PROGRAM ? tooLarge() : Optional.empty();
    }

    private static Optional<Fault> compiled(String pattern) {
        try {
            return Pattern.compile(pattern).programSize() > MAX_PROGRAM ? tooLarge() : Optional.empty();
        } catch (PatternSyntaxException e) {
            String said = WORDS.getOrDefault(String.valueOf(e.getDescription()), "not a regular expression of RE2");
            String hint = said.contains("number of repeats")
                    ? "RE2 repeats at most 1000 times, from the smaller number to the larger: `{1,3}`"
                    : said.contains("nothing to repeat")
                            ? "a `*` repeats what stands before it: write `.*` for any text"
                            : hint(pattern);
            return fault("found " + said + inBackticks(e.getPattern()) + ", expected RE2 syntax", hint);
        } catch (RuntimeException | StackOverflowError e) {
            // RE2/J documents neither; whatever it cannot compile is not run.
            return fault("the pattern could not be compiled, expected RE2 syntax", hint(pattern));
        }
    }

    private static String inBackticks(@Nullable String fragment) {
        if (fragment == null || fragment.isEmpty() || fragment.contains("stack")) return "";
        return " (`" + Json.shown(fragment) + "`)";
    }

    private static String hint(String pattern) {
        if (pattern.contains("(?=")
                || pattern.contains("(?!")
                || pattern.contains("(?<=")
                || pattern.contains("(?<!")) {
            return "RE2 has no look-around: write two tests, and put the second one under `not` where it must not match";
        }
        if (pattern.contains("(?>") || pattern.contains("++") || pattern.contains("*+") || pattern.contains("?+")) {
            return "RE2 has no atomic groups or possessive repeats, and needs none: it never backtracks";
        }
        if (pattern.matches("(?s).*\\\\[1-9].*"))
            return "RE2 has no back-references: compare two arguments by a rule with `eq` and `value_from`";
        if (pattern.contains("\\k<") || pattern.contains("(?P=")) {
            return "RE2 has no back-references: compare two arguments by a rule with `eq` and `value_from`";
        }
        if (pattern.contains("\\u")) return "write a character by its number as `\\x{41}`";
        if (pattern.contains("\\p{") || pattern.contains("\\P{")) {
            return "write the short name of a class of Unicode, such as `\\p{L}` or `\\p{Lu}`, or a script, such as `\\p{Greek}`";
        }
        if (pattern.contains("\\Z")) return "write `\\z` or `$` for the end of the text";
        return "see the syntax of RE2; a character that is meant as it is gets a backslash, which JSON writes twice";
    }

    private static Optional<Fault> tooLarge() {
        return fault(
                "the pattern compiles to more than " + MAX_PROGRAM + " steps",
                "repeat less, and do not nest repeats: `{…}` copies what it repeats");
    }

    private static Optional<Fault> fault(String message, String hint) {
        return Optional.of(new Fault(message, hint));
    }

    /** Why a pattern is not run, and what to write instead. */
    public record Fault(String message, String hint) {
        public Fault {
            Objects.requireNonNull(message, "message");
            Objects.requireNonNull(hint, "hint");
        }
    }
}
