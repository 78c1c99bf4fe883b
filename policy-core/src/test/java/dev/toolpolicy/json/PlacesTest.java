package dev.toolpolicy.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.json.JsonText.Fault;
import dev.toolpolicy.json.JsonText.Place;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class PlacesTest {
    private static final int MAX_BYTES = 1 << 24;

    @Test
    void aMemberHasThePlaceOfItsKeyAndOfItsValue() {
        String text = " {\"a\" : [10, {\"b\":\"x\"}],\n\"c\":{}}";
        assertThat(place(text, "")).isEqualTo(new Place(1, 1));
        assertThat(place(text, "/a")).isEqualTo(new Place(2, 8));
        assertThat(place(text, "/a/0")).isEqualTo(new Place(9, 9));
        assertThat(place(text, "/a/1")).isEqualTo(new Place(13, 13));
        assertThat(place(text, "/a/1/b")).isEqualTo(new Place(14, 18));
        assertThat(place(text, "/c")).isEqualTo(new Place(25, 29));
    }

    @Test
    void tildesSlashesAndEmptyKeysAreToldApart() {
        String text =
                "{\"\":0,\"~\":1,\"/\":2,\"~1\":3,\"~01\":4,\"a\":{\"\":5,\"b\":6},\"a/b\":7,\"\\u002f\\u007E\":8,\"0\":9}";
        String[] pointers = {"/", "/~0", "/~1", "/~01", "/~001", "/a/", "/a/b", "/a~1b", "/~1~0", "/0"};
        for (int i = 0; i < pointers.length; i++) {
            assertThat(text.charAt(place(text, pointers[i]).value()))
                    .as(pointers[i])
                    .isEqualTo((char) ('0' + i));
        }
    }

    @Test
    void aPointerThatLeadsNowhereHasTheNearestPlaceOnItsWay() {
        String text = "{\"a\":[1,{\"b\":2}],\"s\":\"x\"}";
        Place a = place(text, "/a");
        assertThat(a).isEqualTo(new Place(1, 5));
        for (String nowhere : List.of("/a/2", "/a/x/y", "/a/-", "/a/01", "/a/+1", "/a/1000000000000", "/a//b")) {
            assertThat(place(text, nowhere)).as(nowhere).isEqualTo(a);
        }
        assertThat(place(text, "/a/1/c/d")).isEqualTo(place(text, "/a/1"));
        assertThat(place(text, "/s/0")).isEqualTo(place(text, "/s"));
        for (String nowhere : List.of("/x", "/", "/A/0", "a", "x/a")) {
            assertThat(place(text, nowhere)).as(nowhere).isEqualTo(new Place(0, 0));
        }
    }

    @Test
    void ofAKeyThatIsWrittenTwiceTheFirstOneIsMeant() {
        String text = "{\"a\":{\"b\":1},\"a\":{\"b\":2,\"c\":3}}";
        assertThat(place(text, "/a/b")).isEqualTo(new Place(6, 10));
        assertThat(place(text, "/a/c")).isEqualTo(new Place(1, 5));
    }

    @Test
    void allArePlacedAtOnceAndEachIsAnswered() {
        JsonText read = JsonText.read("[{\"a\":1},2]", MAX_BYTES);
        assertThat(read.places(List.of())).isEmpty();
        assertThat(read.places(List.of("/1", "/0/a", "/0/a", "/7")))
                .isEqualTo(Map.of("/1", new Place(9, 9), "/0/a", new Place(2, 6), "/7", new Place(0, 0)));
    }

    @Test
    void aBrokenTextHasThePlacesBeforeItsEnd() {
        assertThat(place("{\"a\":[1,{\"b\":2", "/a/1/b")).isEqualTo(new Place(9, 13));
        assertThat(place("[1,2,}", "/1")).isEqualTo(new Place(3, 3));
        for (String text : List.of("", " ", "{", "]", "\"", "{\"a\"", "[1,", "\uFEFF{\"a\":1}")) {
            Place place = place(text, "/a/0");
            assertThat(place.value()).as(text).isBetween(0, text.length());
        }
    }

    @Test
    void placesAndFaultsAreRightInTextsOfEveryLength() {
        // The parser reads longer texts piece by piece, and a key, a number or an escape may lie across the border.
        for (int seed = 0; seed < 60; seed++) {
            Printed printed = new Printed(seed, seed % 3 == 0 ? 200 : 40_000 + 500 * seed);
            JsonText read = JsonText.read(printed.text.toString(), MAX_BYTES);
            assertThat(read.places(printed.places.keySet())).as("seed %s", seed).isEqualTo(printed.places);
            assertThat(read.faults())
                    .as("seed %s", seed)
                    .extracting(Fault::offset)
                    .isEqualTo(printed.faults);
            String broken = printed.text + "]";
            assertThat(JsonText.read(broken, MAX_BYTES).faults().get(0).offset())
                    .isEqualTo(broken.length() - 1);
            int cut = printed.text.length() - 1;
            assertThat(JsonText.read(broken.substring(0, cut), MAX_BYTES)
                            .faults()
                            .get(0)
                            .offset())
                    .isEqualTo(cut);
        }
    }

    /** A random document that notes down what it writes where. */
    private static final class Printed {
        final StringBuilder text = new StringBuilder();
        final Map<String, Place> places = new LinkedHashMap<>();
        final List<Integer> faults = new ArrayList<>();
        private final SplittableRandom random;

        Printed(long seed, int length) {
            random = new SplittableRandom(seed);
            places.put("", new Place(0, 0));
            text.append('[');
            for (int i = 0; i == 0 || text.length() < length; i++) {
                if (i > 0) text.append(',');
                space();
                value("/" + i, text.length(), 3);
            }
            text.append(']');
        }

        private void value(String pointer, int key, int depth) {
            int at = text.length();
            places.put(pointer, new Place(key, at));
            switch (random.nextInt(depth == 0 ? 4 : 6)) {
                case 0 -> string(random.nextInt(200));
                case 1 ->
                    text.append("1234567890".repeat(random.nextInt(1, 20))).append(".5e-7");
                case 2 -> text.append(random.nextBoolean() ? "null" : "true");
                case 3 -> {
                    faults.add(at);
                    text.append(random.nextBoolean() ? "-1e9999" : "\"some \\uD83C text\"");
                }
                case 4 -> list(pointer, depth);
                default -> object(pointer, depth);
            }
        }

        private void list(String pointer, int depth) {
            text.append('[');
            int size = random.nextInt(4);
            for (int i = 0; i < size; i++) {
                if (i > 0) text.append(',');
                space();
                value(pointer + "/" + i, text.length(), depth - 1);
            }
            text.append(']');
        }

        private void object(String pointer, int depth) {
            text.append('{');
            int size = random.nextInt(4);
            for (int i = 0; i < size; i++) {
                if (i > 0) text.append(',');
                space();
                int key = text.length();
                text.append("\"k\\u00e9~/\\\"").append(i).append('"');
                space();
                text.append(':');
                space();
                value(pointer + "/ké~0~1\"" + i, key, depth - 1);
            }
            space();
            text.append('}');
        }

        private void string(int length) {
            text.append('"');
            for (int i = 0; i < length; i++) text.append(random.nextInt(20) == 0 ? "\\uD83C\\uDFB2" : "🎲");
            text.append('"');
        }

        private void space() {
            text.append(" \n\r\t\t", 0, random.nextInt(5));
        }
    }

    private static Place place(String text, String pointer) {
        return JsonText.read(text, MAX_BYTES).places(List.of(pointer)).get(pointer);
    }
}
