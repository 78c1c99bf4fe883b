package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.json.JsonText.Kind;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The grammar as a recogniser that shares no code with the reader, and both asked about the same broken texts. */
final class TwoReadersAgreeTest {
    private static final String[] SEEDS = {
        "{\"a\":[1,-2.5e+3,true],\"b\\u00e9\":{\"c\":null}}",
        "[\"x\\n\\\"\\\\\\uD83C\\uDFB2\",0.10,1E-2,false, [ ],{ }]",
        "{\"tools\":{\"t\":{\"limits\":[{\"max\":60}]}}}\r\n",
        "\t-0.0e0 ",
        "\"\\u0000\\/\\b\\f\\t\\r\"",
        "null",
    };
    // The last four take one hexadecimal digit, a quote, a bracket and white space for what they are not, if one looks
    // at their low bytes.
    private static final String ALPHABET =
            "{}[]:,\"\\/ \t\n\r\f0123456789+-.eEabfnrtuxlsTN'#*_é\u0000\u00A0\u2028\u0661\u0122\u015B\u0120";

    @Test
    void theReaderAcceptsTheTextsOfTheGrammarAndPlacesNoFaultBehindTheFirst() {
        // In a thread of its own, where an exception has few frames to note down: twice as fast.
        assertTimeoutPreemptively(Duration.ofMinutes(1), TwoReadersAgreeTest::compareThem);
    }

    private static void compareThem() {
        SplittableRandom random = new SplittableRandom(8259);
        int grammatical = 0;
        for (int i = 0; i < 200_000; i++) {
            String text = mutated(SEEDS[random.nextInt(SEEDS.length)], random);
            Grammar grammar = new Grammar(text);
            boolean expected = grammar.holds();
            JsonText read = JsonText.read(text, 1_000);
            // A key with half a pair ends the reading, so what follows it was not judged.
            if (!read.readable() && read.faults().get(0).kind() == Kind.LONE_SURROGATE) continue;
            boolean late = !expected && !read.readable() && read.faults().get(0).offset() > grammar.reached();
            if (read.readable() != expected || late) {
                fail("%s: expected %s up to %s, found %s", text, expected, grammar.reached(), read.faults());
            }
            if (expected) grammatical++;
        }
        // Neither side is rare, else this would prove little.
        assertThat(grammatical).isBetween(20_000, 180_000);
    }

    private static String mutated(String seed, SplittableRandom random) {
        StringBuilder text = new StringBuilder(seed);
        for (int n = random.nextInt(1, 4); n > 0; n--) {
            int at = random.nextInt(text.length() + 1);
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, c);
                case 1 -> text.replace(at, Math.min(at + 1, text.length()), String.valueOf(c));
                case 2 -> text.delete(at, Math.min(at + 1, text.length()));
                default -> text.insert(at, text.substring(at, Math.min(text.length(), at + random.nextInt(6))));
            }
        }
        return text.toString();
    }
}
