package dev.toolpolicy.jsonschema;

/** Email addresses: a {@code Mailbox} of RFC 5321, section 4.1.2, no longer than section 4.5.3.1 allows. */
final class Mailbox {
    /** A path is of 256 octets at most, two of which are its brackets. */
    private static final int LONGEST = 254;

    private static final int LONGEST_LOCAL_PART = 64;
    private static final String ATOM_MARKS = "!#$%&'*+-/=?^_`{|}~";
    private static final String IPV6_TAG = "IPv6:";

    private Mailbox() {}

    static boolean isMailbox(String text) {
        if (text.length() > LONGEST) return false;
        int at = text.startsWith("\"") ? quotedEnd(text) : dottedEnd(text);
        return at > 0
                && at <= LONGEST_LOCAL_PART
                && text.startsWith("@", at)
                && isDomainOrAddress(text.substring(at + 1));
    }

    /** Where atoms with dots between them end; -1 if a dot stands elsewhere. */
    private static int dottedEnd(String text) {
        int at = 0;
        boolean afterDot = true;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean dot = c == '.';
            if (dot ? afterDot : !Ascii.isLetterOrDigit(c) && ATOM_MARKS.indexOf(c) < 0) break;
            afterDot = dot;
            at++;
        }
        return afterDot ? -1 : at;
    }

    /** Where a quoted string ends; -1 if it does not. */
    private static int quotedEnd(String text) {
        int at = 1;
        while (at < text.length() && text.charAt(at) != '"') {
            if (text.charAt(at) == '\\') at++;
            if (at == text.length() || text.charAt(at) < ' ' || text.charAt(at) > '~') return -1;
            at++;
        }
        return at < text.length() ? at + 1 : -1;
    }

    private static boolean isDomainOrAddress(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) return HostName.isDomain(text);
        String address = text.substring(1, text.length() - 1);
        if (IpText.OF_MAIL.isV4(address)) return true;
        // No other tag is registered.
        return hasIpv6Tag(address) && IpText.OF_MAIL.isV6(address.substring(IPV6_TAG.length()));
    }

    private static boolean hasIpv6Tag(String address) {
        // Ignoring the case of letters beyond ASCII, some of them would be an i.
        return address.chars().allMatch(c -> c < 0x80)
                && address.regionMatches(true, 0, IPV6_TAG, 0, IPV6_TAG.length());
    }
}
