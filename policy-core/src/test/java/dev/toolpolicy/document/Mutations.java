package dev.toolpolicy.document;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Documents that were damaged: every small damage of one, and random large damage of any. */
final class Mutations {
    /** Those that mean something to JSON, to our grammar or to UTF-8, and some that mean nothing anywhere. */
    private static final int[] BYTES = {
        0x00, '\n', '\r', ' ', '"', '\\', '{', '}', '[', ']', ',', ':', '*', '-', '.', '0', 'e', 'Z', 0x80, 0xFF
    };

    private static final int MOST_EDITS = 6;
    private static final int LONGEST_PIECE = 60;

    private Mutations() {}

    /** All documents of the corpus, good and bad, in a fixed order. */
    static List<byte[]> corpus() {
        return Stream.of("policies", "problems").flatMap(Mutations::files).toList();
    }

    private static Stream<byte[]> files(String folder) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
            List<Path> sorted = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            return sorted.stream().map(Mutations::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<byte[]> prefixes(byte[] document) {
        return IntStream.range(0, document.length).mapToObj(length -> Arrays.copyOf(document, length));
    }

    static Stream<byte[]> deletions(byte[] document) {
        return IntStream.range(0, document.length).mapToObj(at -> spliced(document, at, at + 1));
    }

    static Stream<byte[]> substitutions(byte[] document) {
        return IntStream.range(0, document.length)
                .boxed()
                .flatMap(at -> Arrays.stream(BYTES)
                        .filter(b -> (byte) b != document[at])
                        .mapToObj(b -> spliced(document, at, at + 1, (byte) b)));
    }

    /** A document of the corpus after a few edits, some of which put in a piece of another one. */
    static byte[] random(List<byte[]> corpus, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] document = any(corpus, random);
        int edits = random.nextInt(1, MOST_EDITS + 1);
        for (int i = 0; i < edits; i++) {
            int from = random.nextInt(document.length + 1);
            int to = Math.min(document.length, from + random.nextInt(LONGEST_PIECE));
            document = switch (random.nextInt(5)) {
                case 0 -> spliced(document, from, to);
                case 1 -> spliced(document, from, from, Arrays.copyOfRange(document, from, to));
                case 2 -> spliced(document, from, from, (byte) random.nextInt(256));
                case 3 ->
                    spliced(document, from, Math.min(document.length, from + 1), (byte)
                            BYTES[random.nextInt(BYTES.length)]);
                default -> spliced(document, from, to, piece(any(corpus, random), random));
            };
        }
        return document;
    }

    private static byte[] any(List<byte[]> corpus, SplittableRandom random) {
        return corpus.get(random.nextInt(corpus.size()));
    }

    private static byte[] piece(byte[] document, SplittableRandom random) {
        int from = random.nextInt(document.length + 1);
        return Arrays.copyOfRange(document, from, Math.min(document.length, from + random.nextInt(LONGEST_PIECE * 4)));
    }

    /** The document with other bytes in place of those from one place up to another. */
    private static byte[] spliced(byte[] document, int from, int to, byte... instead) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(document.length + instead.length);
        out.write(document, 0, from);
        out.writeBytes(instead);
        out.write(document, to, document.length - to);
        return out.toByteArray();
    }
}
