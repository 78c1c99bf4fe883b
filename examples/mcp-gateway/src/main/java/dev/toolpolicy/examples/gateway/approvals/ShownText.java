package dev.toolpolicy.examples.gateway.approvals;

import java.util.HexFormat;
import java.util.function.UnaryOperator;

/**
 * Text as a person can trust it: what cannot be seen, or moves what stands beside it, is written as JSON would escape it.
 *
 * <p>Inside a JSON string such an escape means the very same character, so arguments that are shown this way are still the
 * arguments.
 */
final class ShownText {
    /** A letter carries as many marks in the languages that have them; more of them cover the lines around. */
    private static final int MOST_MARKS = 2;

    private ShownText() {}

    /** Which letters are shown as they are; the others are written as escapes. */
    enum Letters {
        /** All that can be seen. */
        ALL,
        /** Those that are written from left to right, for terminals that would change the order of the others. */
        LEFT_TO_RIGHT,
        /** Printable ASCII: for telling apart letters that look alike, and for terminals that know no others. */
        ASCII;

        private boolean shows(int sign) {
            return switch (this) {
                case ALL -> isSeen(sign);
                case LEFT_TO_RIGHT -> isSeen(sign) && !isRightToLeft(sign);
                case ASCII -> sign >= ' ' && sign <= '~';
            };
        }
    }

    static String ascii(String text) {
        return written(text, Letters.ASCII, run -> run, run -> run);
    }

    static String leftToRight(String text) {
        return written(text, Letters.LEFT_TO_RIGHT, run -> run, run -> run);
    }

    /** As a JSON string in quotes, so that its ends are seen and nothing in it looks like an escape that it is not. */
    static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    static boolean isAscii(String text) {
        return text.chars().allMatch(sign -> sign < 0x80);
    }

    /**
     * The text in its runs: those that are shown as they are, and those that are written as escapes.
     */
    static String written(String text, Letters letters, UnaryOperator<String> shown, UnaryOperator<String> escaped) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        StringBuilder run = new StringBuilder();
        boolean seen = true;
        int marks = MOST_MARKS; // a mark needs a letter before it
        for (int at = 0; at < text.length(); ) {
            int sign = text.codePointAt(at);
            at += Character.charCount(sign);
            boolean mark = isMark(sign);
            marks = mark ? marks + 1 : Character.isLetter(sign) ? 0 : MOST_MARKS;
            boolean isSeen = letters.shows(sign) && !(mark && marks > MOST_MARKS);
            if (isSeen != seen) {
                out.append((seen ? shown : escaped).apply(run.toString()));
                run.setLength(0);
                seen = isSeen;
            }
            if (isSeen) run.appendCodePoint(sign);
            else
                for (char unit : Character.toChars(sign))
                    run.append("\\u").append(HexFormat.of().toHexDigits(unit));
        }
        return out.append((seen ? shown : escaped).apply(run.toString())).toString();
    }

    private static boolean isMark(int sign) {
        int type = Character.getType(sign);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    private static boolean isRightToLeft(int sign) {
        return switch (Character.getDirectionality(sign)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isSeen(int sign) {
        return switch (Character.getType(sign)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.ENCLOSING_MARK -> false;
            case Character.SPACE_SEPARATOR -> sign == ' ';
            default -> !isHidden(sign);
        };
    }

    /** Letters and marks that have no shape, and marks that strike out what they stand on. */
    private static boolean isHidden(int sign) {
        return sign == 0x034f // grapheme joiner
                || (sign >= 0x0334 && sign <= 0x0338) // strokes through a letter
                || sign == 0x115f // Hangul fillers
                || sign == 0x1160
                || sign == 0x3164
                || sign == 0xffa0
                || sign == 0x17b4 // Khmer vowels that are not written
                || sign == 0x17b5
                || (sign >= 0x180b && sign <= 0x180f) // Mongolian selectors
                || (sign >= 0x20d0 && sign <= 0x20f0) // strokes and frames for symbols
                || sign == 0x2800 // a Braille cell without dots
                || (sign >= 0xfe00 && sign <= 0xfe0f) // variation selectors
                || (sign >= 0xe0100 && sign <= 0xe01ef);
    }
}
