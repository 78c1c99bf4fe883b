package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.toolpolicy.json.Json;
import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Violation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ours is content with what a validator accepts that shares no code with it, and says where all else is wrong. */
final class AgreementTest {
    private static final int SCHEMAS = 12_500;
    private static final int ARGUMENTS_OF_EACH = 8;
    private static final int PAIRS = SCHEMAS * ARGUMENTS_OF_EACH;

    /** The first seed of a test. */
    private static final long TWELVE_WORDS = 12_000_000;

    private static final long ALL_WORDS = 40_000_000;

    private static final Pattern POSITION = Pattern.compile("0|[1-9][0-9]{0,8}");

    @Test
    void oursAgreesWithTheNaiveOneOnTwelveWords() {
        compareMany(TWELVE_WORDS, false);
    }

    @Test
    void oursAgreesWithTheNaiveOneOnAllWords() {
        compareMany(ALL_WORDS, true);
    }

    /** Seeds that told a fault, of ours or of a naive one that had it; they do as long as no generator changes. */
    @ParameterizedTest
    @CsvSource({
        // An object was taken for another one with as many members if its own were null.
        "12000065, false",
        "40001457, true",
        // Two spellings of é are two texts.
        "12000928, false",
        // The name of a definition is unescaped once.
        "40000003, true",
        // 0 is not false.
        "40000190, true",
        // Numbers that differ are not one because they are the same double.
        "12000044, false",
    })
    void oursAgreesOnKeptSeeds(long seed, boolean allWords) {
        compare(new Subject(seed, allWords));
    }

    @Test
    void eachViolationLeadsToItsPlaceAndTheirOrderIsNotThatOfTheMembers() {
        int refused = 0;
        for (int i = 0; i < SCHEMAS / 4; i++) {
            refused += examine(new Subject(TWELVE_WORDS + i, false)) + examine(new Subject(ALL_WORDS + i, true));
        }
        assertThat(refused).isGreaterThan(PAIRS / 2 / 5);
    }

    private static void compareMany(long firstSeed, boolean allWords) {
        int accepted = 0;
        for (int i = 0; i < SCHEMAS; i++) accepted += compare(new Subject(firstSeed + i, allWords));
        // Neither side is rare, else this would prove little.
        assertThat(accepted).isBetween(PAIRS / 5, PAIRS * 4 / 5);
    }

    /** Fails if one is content with some arguments and the other is not; else how many of them both accept. */
    private static int compare(Subject subject) {
        int accepted = 0;
        for (int i = 0; i < ARGUMENTS_OF_EACH; i++) {
            Map<String, Object> arguments = subject.arguments();
            boolean expected = NaiveSchema.accepts(subject.schema, arguments);
            List<Violation> violations = subject.violations(arguments);
            if (violations.isEmpty() != expected) {
                String verdict = expected ? "accepts" : "refuses";
                fail(subject.told("the naive one %s, ours says %s".formatted(verdict, violations), arguments));
            }
            if (expected) accepted++;
        }
        return accepted;
    }

    /** Fails where one choice after the other leads to a schema and arguments of which the two do not say the same. */
    static void examine(RandomGenerator choices) {
        Subject subject = new Subject(0, new Dice(choices), true);
        compare(subject);
        examine(subject);
    }

    /** Fails if a violation leads nowhere, or the list depends on the order of members; else how many are refused. */
    private static int examine(Subject subject) {
        int refused = 0;
        for (int i = 0; i < ARGUMENTS_OF_EACH; i++) {
            Map<String, Object> arguments = subject.arguments();
            List<Violation> violations = subject.violations(arguments);
            violations.forEach(violation -> assertLeads(violation, subject, arguments));
            if (violations.isEmpty()) continue;
            assertSame(violations, subject, arguments);
            refused++;
        }
        return refused;
    }

    private static void assertLeads(Violation violation, Subject subject, Map<String, Object> arguments) {
        // What is missing has a place all the same: in an object that is there.
        boolean mayBeAbsent = Set.of("required", "dependencies").contains(violation.keyword());
        if (!leads(violation.pointer(), arguments, mayBeAbsent)) {
            fail(subject.told("there is no place for " + violation, arguments));
        }
    }

    /** RFC 6901, from the root on. */
    private static boolean leads(String pointer, Object root, boolean mayBeAbsent) {
        if (pointer.isEmpty()) return true;
        if (pointer.charAt(0) != '/') return false;
        Object at = root;
        String[] steps = pointer.substring(1).split("/", -1);
        for (int i = 0; i < steps.length; i++) {
            String step = steps[i].replace("~1", "/").replace("~0", "~");
            if (at instanceof Map<?, ?> map && map.containsKey(step)) at = map.get(step);
            else if (at instanceof List<?> list && hasPosition(list, step)) at = list.get(Integer.parseInt(step));
            else return at instanceof Map && mayBeAbsent && i == steps.length - 1;
        }
        return true;
    }

    private static boolean hasPosition(List<?> list, String step) {
        return POSITION.matcher(step).matches() && Integer.parseInt(step) < list.size();
    }

    private static void assertSame(List<Violation> violations, Subject subject, Map<String, Object> arguments) {
        List<Violation> again = subject.violations(turnedMap(arguments));
        if (!again.equals(violations)) {
            fail(subject.told("%s%nbecomes %s".formatted(violations, again), arguments));
        }
    }

    private static Object turned(Object value) {
        if (value instanceof Map<?, ?> map) return turnedMap(map);
        if (value instanceof List<?> list) {
            List<Object> turned = new ArrayList<>();
            list.forEach(element -> turned.add(turned(element)));
            return turned;
        }
        return value;
    }

    /** The same members, the last one first, and so within. */
    private static Map<String, Object> turnedMap(Map<?, ?> map) {
        List<Object> names = new ArrayList<>(map.keySet());
        Collections.reverse(names);
        Map<String, Object> turned = new LinkedHashMap<>();
        names.forEach(name -> turned.put((String) name, turned(map.get(name))));
        return turned;
    }

    /** One schema, and arguments for it without end; a seed decides both. */
    private static final class Subject {
        private final long seed;
        private final Dice dice;
        private final RandomValues values;
        private final Map<String, Object> schema;
        private final ArgumentValidator ours;

        Subject(long seed, boolean allWords) {
            this(seed, new Dice(seed), allWords);
        }

        private Subject(long seed, Dice dice, boolean allWords) {
            this.seed = seed;
            this.dice = dice;
            values = new RandomValues(dice);
            schema = RandomSchemas.next(dice, values, allWords);
            values.referTo(schema);
            ours = compiled();
        }

        private ArgumentValidator compiled() {
            List<String> findings = new ArrayList<>();
            ArgumentValidator compiled = JsonSchema.validator()
                    .compile(schema, (pointer, message, hint) -> findings.add(pointer + ": " + message));
            if (!findings.isEmpty()) fail(told("the schema is refused: " + findings, null));
            return compiled;
        }

        /** Most schemas are kept to by few arguments, and some by nearly all: a few tries make up for both. */
        Map<String, Object> arguments() {
            boolean wanted = dice.upTo(4) < 3;
            Map<String, Object> arguments = values.arguments(schema);
            for (int i = 0; i < 4 && NaiveSchema.accepts(schema, arguments) != wanted; i++) {
                arguments = values.arguments(schema);
            }
            return arguments;
        }

        List<Violation> violations(Map<String, Object> arguments) {
            try {
                return Fuzzing.bounded(() -> ours.validate(arguments));
            } catch (RuntimeException | AssertionError e) {
                return fail(told("the check throws, or takes too much", arguments), e);
            }
        }

        String told(String what, Map<String, Object> arguments) {
            return "%s%nseed %d%nschema %s%narguments %s"
                    .formatted(what, seed, Json.canonical(schema), Json.canonical(arguments));
        }
    }
}
