package dev.toolpolicy.json;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A text of the tables in {@code src/test/resources/json}, and whether it must be accepted.
 *
 * <p>The notation: printable ASCII stands for itself, {@code \xHH} for a byte, {@code \repeat{N}{…}} for N times what stands
 * between the braces.
 */
record Case(String name, String notation, boolean accepted) {
    static final Path TABLES = Path.of("src/test/resources/json");

    /** The cases of a table whose lines end with the verdict, where they have one; else the given one holds for all. */
    static List<Case> table(String file, boolean accepted) {
        return lines(file).stream()
                .map(line -> line.split("\t", -1))
                .map(c -> new Case(c[0], c[1], c.length > 2 ? c[2].equals("accept") : accepted))
                .toList();
    }

    /** Not trimmed: white space is part of some texts. */
    static List<String> lines(String file) {
        try {
            return Files.readAllLines(TABLES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        append(notation, out);
        return out.toByteArray();
    }

    private static void append(String notation, ByteArrayOutputStream out) {
        for (int i = 0; i < notation.length(); i++) {
            if (notation.startsWith("\\x", i)) {
                out.write(Integer.parseInt(notation.substring(i + 2, i + 4), 16));
                i += 3;
            } else if (notation.startsWith("\\repeat{", i)) {
                int times = notation.indexOf('}', i);
                int end = notation.indexOf('}', times + 1);
                String repeated = notation.substring(times + 2, end);
                for (int n = Integer.parseInt(notation.substring(i + 8, times)); n > 0; n--) append(repeated, out);
                i = end;
            } else {
                out.write(notation.charAt(i));
            }
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
