package dev.toolpolicy.testing;

import dev.toolpolicy.json.Json;

/** Texts that somebody else wrote, as HTML that is XML too: whatever they hold, they stay text. */
final class Html {
    private Html() {}

    /** Fit for an element and for an attribute in double quotes; what cannot be seen is shown as an escape. */
    static String text(String text) {
        return Json.shown(text, Integer.MAX_VALUE)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** The same of a sentence, in which backticks quote. */
    static String sentence(String sentence) {
        String text = text(sentence);
        if (text.chars().filter(c -> c == '`').count() % 2 != 0) return text;
        StringBuilder out = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '`') {
                out.append(c);
                continue;
            }
            out.append(quoted ? "</code>" : "<code>");
            quoted = !quoted;
        }
        return out.toString();
    }
}
