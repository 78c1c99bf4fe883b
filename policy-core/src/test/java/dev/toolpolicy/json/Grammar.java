package dev.toolpolicy.json;

/** RFC 8259, rule by rule: each method takes what it is named after from the text, and says whether it stood there. */
final class Grammar {
    private final String text;
    private int at;

    Grammar(String text) {
        this.text = text;
    }

    boolean holds() {
        return element() && at == text.length();
    }

    /** Where it stopped. */
    int reached() {
        return at;
    }

    private boolean element() {
        return space() && value() && space();
    }

    private boolean value() {
        if (take('{')) return list('}', true);
        if (take('[')) return list(']', false);
        if (take('"')) return characters();
        return word("true") || word("false") || word("null") || number();
    }

    private boolean list(char end, boolean members) {
        space();
        if (take(end)) return true;
        do {
            if (members && !(space() && take('"') && characters() && space() && take(':'))) return false;
            if (!element()) return false;
        } while (take(','));
        return take(end);
    }

    private boolean characters() {
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c == '"') return true;
            if (c < ' ' || (c == '\\' && !escape())) return false;
        }
        return false;
    }

    private boolean escape() {
        if (!take('u')) return takeAny("\"\\/bfnrt");
        for (int i = 0; i < 4; i++) if (!takeAny("0123456789abcdefABCDEF")) return false;
        return true;
    }

    private boolean number() {
        take('-');
        if (!take('0') && !digits()) return false;
        if (take('.') && !digits()) return false;
        if (!takeAny("eE")) return true;
        takeAny("+-");
        return digits();
    }

    private boolean digits() {
        int start = at;
        while (takeAny("0123456789")) {}
        return at > start;
    }

    private boolean space() {
        while (takeAny(" \t\n\r")) {}
        return true;
    }

    private boolean word(String word) {
        if (!text.startsWith(word, at)) return false;
        at += word.length();
        return true;
    }

    private boolean take(char c) {
        return takeAny(String.valueOf(c));
    }

    private boolean takeAny(String chars) {
        if (at == text.length() || chars.indexOf(text.charAt(at)) < 0) return false;
        at++;
        return true;
    }
}
