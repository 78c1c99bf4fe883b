package dev.toolpolicy.document;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the part of YAML that policies of the open-source proxy are written in, so that a hint can show them as JSON.
 * Whatever lies outside that part, or is read differently by different YAML readers, makes the text unreadable: a hint
 * that shows something else than was meant would be worse than none. A block begins at one column and ends at the
 * first line that begins left of it; what stands on one line is {@link YamlLine}'s.
 */
final class BlockYaml {
    static final int DEEPEST = 64;

    private static final int LONGEST = 1 << 20;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cs}\\p{Zl}\\p{Zp}\uFEFF&&[^\n\r\t]]");
    private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\n");
    private static final Pattern START = Pattern.compile("---( *| +#.*)");
    private static final Pattern TEXT_HEADER = Pattern.compile("([|>])(-?)( *| +#.*)");

    private final String[] lines;
    private int row;
    private YamlLine line = YamlLine.NONE;

    private BlockYaml(String text) {
        lines = LINE_BREAK.split(text, -1);
    }

    /** The mapping that the text holds; empty if it is anything but a mapping in that part of YAML. */
    static Optional<Map<String, Object>> read(String text) {
        if (text.length() > LONGEST || UNPRINTABLE.matcher(text).find()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BlockYaml(text).document());
        } catch (OtherYaml e) {
            return Optional.empty();
        }
    }

    private Map<String, Object> document() {
        int first = nextThatSays(0);
        boolean marked = first < lines.length && START.matcher(lines[first]).matches();
        moveTo(marked ? first + 1 : first);
        Map<String, Object> document = mapping(line.column(), 1);
        OtherYaml.unless(row == lines.length);
        return document;
    }

    private @Nullable Object block(int depth) {
        if (line.atDash()) {
            return sequence(line.column(), depth);
        }
        return line.atKey() ? mapping(line.column(), depth) : lastOnLine(line.value(depth));
    }

    private Map<String, Object> mapping(int indent, int depth) {
        OtherYaml.unless(depth <= DEEPEST && line.atKey());
        Map<String, Object> mapping = new LinkedHashMap<>();
        while (line.column() == indent && !line.atDash()) {
            YamlLine.put(mapping, line.key(), valueOfKey(indent, depth + 1));
        }
        OtherYaml.unless(line.column() <= indent);
        return mapping;
    }

    private List<@Nullable Object> sequence(int indent, int depth) {
        OtherYaml.unless(depth <= DEEPEST);
        List<@Nullable Object> sequence = new ArrayList<>();
        while (line.column() == indent && line.atDash()) {
            line.skip(1);
            sequence.add(valueOfDash(indent, depth + 1));
        }
        OtherYaml.unless(line.column() <= indent);
        return sequence;
    }

    private @Nullable Object valueOfKey(int indent, int depth) {
        if (line.atText()) {
            return text(indent);
        }
        if (!line.atEnd()) {
            return lastOnLine(line.value(depth));
        }
        moveTo(row + 1);
        boolean sequenceBelowItsKey = line.column() == indent && line.atDash();
        return line.column() > indent || sequenceBelowItsKey ? block(depth) : null;
    }

    private @Nullable Object valueOfDash(int indent, int depth) {
        if (line.atText()) {
            return text(indent);
        }
        if (!line.atEnd()) {
            return block(depth);
        }
        moveTo(row + 1);
        return line.column() > indent ? block(depth) : null;
    }

    private @Nullable Object lastOnLine(@Nullable Object value) {
        OtherYaml.unless(line.atEnd());
        moveTo(row + 1);
        return value;
    }

    private String text(int parentIndent) {
        Matcher header = TEXT_HEADER.matcher(line.rest());
        OtherYaml.unless(header.matches());
        int first = row + 1;
        while (first < lines.length && isSpaces(lines[first])) {
            first++;
        }
        int indent = first < lines.length ? Math.max(YamlLine.indentOf(lines[first]), parentIndent + 1) : 0;
        List<String> text = new ArrayList<>();
        int next = row + 1;
        for (; next < lines.length && (isSpaces(lines[next]) || YamlLine.indentOf(lines[next]) >= indent); next++) {
            boolean blank = next < first || lines[next].length() < indent;
            text.add(blank ? "" : lines[next].substring(indent));
        }
        moveTo(next);
        while (!text.isEmpty() && text.get(text.size() - 1).isEmpty()) {
            text.remove(text.size() - 1);
        }
        String joined = header.group(1).equals("|") ? String.join("\n", text) : folded(text);
        return joined.isEmpty() || header.group(2).equals("-") ? joined : joined + "\n";
    }

    /** Lines become one; blank lines stay as breaks, and so do the breaks around lines that are indented further. */
    private static String folded(List<String> text) {
        StringBuilder folded = new StringBuilder();
        String before = "";
        int blanks = 0;
        for (String next : text) {
            if (next.isEmpty()) {
                blanks++;
                continue;
            }
            boolean kept = isIndented(before) || (isIndented(next) && !before.isEmpty());
            boolean joined = blanks == 0 && !kept && !before.isEmpty();
            folded.append(joined ? " " : "\n".repeat(kept ? blanks + 1 : blanks))
                    .append(next);
            before = next;
            blanks = 0;
        }
        return folded.toString();
    }

    private static boolean isIndented(String text) {
        return text.startsWith(" ") || text.startsWith("\t");
    }

    private void moveTo(int next) {
        row = nextThatSays(next);
        line = row < lines.length ? new YamlLine(lines[row]) : YamlLine.NONE;
    }

    private int nextThatSays(int from) {
        int next = from;
        while (next < lines.length && saysNothing(lines[next])) {
            next++;
        }
        return next;
    }

    private static boolean saysNothing(String line) {
        return isSpaces(line) || line.startsWith("#", YamlLine.indentOf(line));
    }

    private static boolean isSpaces(String line) {
        return YamlLine.indentOf(line) == line.length();
    }

    /** The text lies outside the part that is read. It gets no further than {@link #read}, and carries no stack trace. */
    static final class OtherYaml extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private OtherYaml() {
            super(null, null, false, false);
        }

        static void unless(boolean readable) {
            if (!readable) {
                throw new OtherYaml();
            }
        }
    }
}
