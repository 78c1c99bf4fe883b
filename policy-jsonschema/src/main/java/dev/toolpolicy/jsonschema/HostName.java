package dev.toolpolicy.jsonschema;

import java.util.ArrayList;
import java.util.List;

/** Names of hosts as RFC 1123, section 2.1, has them; a label with {@code xn--} is held to IDNA 2008. */
final class HostName {
    private static final int LONGEST = 253;
    private static final int LONGEST_LABEL = 63;

    private HostName() {}

    static boolean isHostName(String text) {
        if (!isDomain(text)) return false;
        List<String> labels = labels(text);
        // A name of which the highest label is a number might be an address.
        String highest = labels.get(labels.size() - 1);
        if (Ascii.endOfDigits(highest, 0) == highest.length()) return false;
        return labels.stream().allMatch(label -> !Idna.hasPrefix(label) || Idna.isALabel(label));
    }

    /** Whether these are labels of letters, digits and inner hyphens with dots between them. */
    static boolean isDomain(String text) {
        return text.length() <= LONGEST && labels(text).stream().allMatch(HostName::isLabel);
    }

    private static boolean isLabel(String label) {
        for (int i = 0; i < label.length(); i++) {
            if (!Ascii.isLetterOrDigit(label.charAt(i)) && label.charAt(i) != '-') return false;
        }
        return !label.isEmpty() && label.length() <= LONGEST_LABEL && !label.startsWith("-") && !label.endsWith("-");
    }

    private static List<String> labels(String text) {
        List<String> labels = new ArrayList<>();
        int from = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', from)) {
            labels.add(text.substring(from, dot));
            from = dot + 1;
        }
        labels.add(text.substring(from));
        return labels;
    }
}
