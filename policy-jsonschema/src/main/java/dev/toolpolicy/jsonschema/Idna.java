package dev.toolpolicy.jsonschema;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Arrays;
import java.util.Locale;

/**
 * Whether a label in ASCII stands for one of IDNA 2008: the rules of RFC 5891, section 4.2, with the characters of
 * RFC 5892 and the Bidi rule of RFC 5893. What this JDK cannot tell does not fit: a character that it does not know,
 * and a non-joiner among letters that are neither Indic nor Arabic.
 */
final class Idna {
    private static final String PREFIX = "xn--";

    /** The hyphen, what RFC 5892, section 2.6, has as valid, and the i without a dot whose capital is another's. */
    private static final String VALID = "-\u0131\u00DF\u03C2\u06FD\u06FE\u0F0B\u3007";

    /** Those of section 2.6 that are not valid, whatever their properties. */
    private static final String NOT_VALID = "\u0640\u07FA\u302E\u302F\u3031\u3032\u3033\u3034\u3035\u303B";

    /** Arabic letters that are joined to the one before them alone, beside three ranges of such letters. */
    private static final String RIGHT_JOINING = "\u0622\u0623\u0624\u0625\u0627\u0629\u062F\u0630\u0631\u0632\u0648"
            + "\u06C0\u06CD\u06CF\u06D2\u06D3\u06D5\u06EE\u06EF";

    private Idna() {}

    static boolean hasPrefix(String label) {
        return label.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
    }

    /** Of a label of ASCII letters, digits and hyphens. */
    static boolean isALabel(String label) {
        String encoded = label.toLowerCase(Locale.ROOT).substring(PREFIX.length());
        return Punycode.decode(encoded).filter(Idna::isULabel).isPresent();
    }

    private static boolean isULabel(int[] label) {
        if (Arrays.stream(label).allMatch(c -> c < 0x80) || isMark(label[0])) return false;
        if (label[0] == '-' || label[label.length - 1] == '-') return false;
        if (label.length >= 4 && label[2] == '-' && label[3] == '-') return false;
        for (int i = 0; i < label.length; i++) {
            if (!isAllowed(label, i)) return false;
        }
        return Normalizer.isNormalized(new String(label, 0, label.length), Form.NFC) && keepsBidiRule(label);
    }

    private static boolean isAllowed(int[] label, int at) {
        int c = label[at];
        int before = at > 0 ? label[at - 1] : -1;
        int after = at + 1 < label.length ? label[at + 1] : -1;
        if (VALID.indexOf(c) >= 0) return true;
        if (NOT_VALID.indexOf(c) >= 0) return false;
        // The rules of RFC 5892, appendix A.
        if (c == 0x200C && partsJoined(label, at)) return true;
        if (c == 0x200C || c == 0x200D) return before >= 0 && isVirama(before);
        if (c == 0x00B7) return before == 'l' && after == 'l';
        if (c == 0x0375) return isOf(after, UnicodeScript.GREEK);
        if (c == 0x05F3 || c == 0x05F4) return isOf(before, UnicodeScript.HEBREW);
        if (c == 0x30FB) return Arrays.stream(label).anyMatch(Idna::isJapanese);
        if (isArabicDigit(c)) return Arrays.stream(label).noneMatch(Idna::isExtendedArabicDigit);
        if (isExtendedArabicDigit(c)) return Arrays.stream(label).noneMatch(Idna::isArabicDigit);
        return isLetterOrDigit(c) && !isIgnorable(c) && !isOldHangul(c) && isStable(c);
    }

    private static boolean isLetterOrDigit(int c) {
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER,
                    Character.UPPERCASE_LETTER,
                    Character.OTHER_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK -> true;
            default -> false;
        };
    }

    private static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.COMBINING_SPACING_MARK
                || type == Character.ENCLOSING_MARK;
    }

    /** Those of the letters and marks that are default ignorable, or of a block of symbols. */
    private static boolean isIgnorable(int c) {
        return c == 0x034F
                || c == 0x17B4
                || c == 0x17B5
                || (c >= 0x180B && c <= 0x180F)
                || (c >= 0x20D0 && c <= 0x20FF)
                || (c >= 0xFE00 && c <= 0xFE0F)
                || (c >= 0x1D100 && c <= 0x1D24F)
                || (c >= 0xE0000 && c <= 0xE0FFF);
    }

    /** The parts of which syllables are made. */
    private static boolean isOldHangul(int c) {
        return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF);
    }

    /** Whether it stays what it is when case and compatible forms are made one. */
    private static boolean isStable(int c) {
        String text = Character.toString(c);
        String upper = text.toUpperCase(Locale.ROOT);
        // Cherokee alone is folded to its capitals: they were there before its small letters.
        String folded = isOf(c, UnicodeScript.CHEROKEE) ? upper : upper.toLowerCase(Locale.ROOT);
        return Normalizer.isNormalized(text, Form.NFKC)
                && Normalizer.normalize(folded, Form.NFKC).equals(text);
    }

    /** Whether its combining class is 9: it is sorted after a mark of class 8, and before one of class 10. */
    private static boolean isVirama(int c) {
        String text = Character.toString(c);
        return Normalizer.isNormalized(text, Form.NFD)
                && !Normalizer.isNormalized(text + "\u3099", Form.NFD)
                && !Normalizer.isNormalized("\u05B0" + text, Form.NFD);
    }

    /** Whether a non-joiner stands between two Arabic letters that would be joined, beside whatever marks. */
    private static boolean partsJoined(int[] label, int at) {
        int before = at - 1;
        while (before >= 0 && Character.getType(label[before]) == Character.NON_SPACING_MARK) before--;
        int after = at + 1;
        while (after < label.length && Character.getType(label[after]) == Character.NON_SPACING_MARK) after++;
        return before >= 0 && after < label.length && isDualJoining(label[before]) && isJoining(label[after]);
    }

    /** Whether it is an Arabic letter that is joined to the one before it. */
    private static boolean isJoining(int c) {
        return c >= 0x0620
                && c <= 0x06FF
                && Character.getType(c) == Character.OTHER_LETTER
                && c != 0x0621
                && c != 0x0674;
    }

    /** Whether it is joined to the one after it too. */
    private static boolean isDualJoining(int c) {
        return isJoining(c)
                && RIGHT_JOINING.indexOf(c) < 0
                && (c < 0x0671 || c > 0x0677)
                && (c < 0x0688 || c > 0x0699)
                && (c < 0x06C3 || c > 0x06CB);
    }

    private static boolean isOf(int c, UnicodeScript script) {
        return c >= 0 && UnicodeScript.of(c) == script;
    }

    private static boolean isJapanese(int c) {
        return isOf(c, UnicodeScript.HIRAGANA) || isOf(c, UnicodeScript.KATAKANA) || isOf(c, UnicodeScript.HAN);
    }

    private static boolean isArabicDigit(int c) {
        return c >= 0x0660 && c <= 0x0669;
    }

    private static boolean isExtendedArabicDigit(int c) {
        return c >= 0x06F0 && c <= 0x06F9;
    }

    /** A label that holds anything written from right to left is to be of such letters from its start. */
    private static boolean keepsBidiRule(int[] label) {
        if (Arrays.stream(label).noneMatch(Idna::isRightToLeft)) return true;
        if (!isRightToLeft(label[0]) || isArabicNumber(label[0])) return false;
        boolean european = false;
        boolean arabic = false;
        boolean mayEnd = false;
        for (int c : label) {
            switch (Character.getDirectionality(c)) {
                case Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC ->
                    mayEnd = true;
                case Character.DIRECTIONALITY_EUROPEAN_NUMBER -> mayEnd = european = true;
                case Character.DIRECTIONALITY_ARABIC_NUMBER -> mayEnd = arabic = true;
                case Character.DIRECTIONALITY_NONSPACING_MARK -> {}
                case Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
                        Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
                        Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
                        Character.DIRECTIONALITY_OTHER_NEUTRALS,
                        Character.DIRECTIONALITY_BOUNDARY_NEUTRAL -> mayEnd = false;
                default -> {
                    return false;
                }
            }
        }
        return mayEnd && !(european && arabic);
    }

    private static boolean isRightToLeft(int c) {
        byte direction = Character.getDirectionality(c);
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                || isArabicNumber(c);
    }

    private static boolean isArabicNumber(int c) {
        return Character.getDirectionality(c) == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }
}
