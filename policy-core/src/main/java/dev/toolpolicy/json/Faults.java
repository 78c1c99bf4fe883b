package dev.toolpolicy.json;

import dev.toolpolicy.json.JsonText.Fault;
import dev.toolpolicy.json.JsonText.Kind;

/** The faults whose wording needs no search in the text. */
final class Faults {
    private Faults() {}

    static Fault tooLarge(int bytes, int maxBytes) {
        String message = "the text is " + bytes + " bytes long, expected at most " + maxBytes;
        return new Fault(Kind.TOO_LARGE, "", 0, message, "split it, or leave out what is generated");
    }

    static Fault tooDeep(Pointer pointer, int offset) {
        String message = "more than " + JsonText.MAX_DEPTH + " objects and lists lie within each other";
        return new Fault(Kind.TOO_DEEP, pointer.toString(), offset, message, "flatten the value");
    }

    static Fault badNumber(Pointer pointer, int offset) {
        String message = "the number is out of bounds, expected at most " + Json.MAX_DIGITS
                + " digits and an exponent within ±" + Json.MAX_EXPONENT;
        return new Fault(Kind.BAD_NUMBER, pointer.toString(), offset, message, "write a number within these bounds");
    }

    static Fault loneSurrogate(String pointer, int offset, String what) {
        String message = "the " + what + " holds half a surrogate pair, expected whole characters";
        String hint = "write the character itself, or both halves of its `\\u` escape";
        return new Fault(Kind.LONE_SURROGATE, pointer, offset, message, hint);
    }
}
