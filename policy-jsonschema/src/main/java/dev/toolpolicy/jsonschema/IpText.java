package dev.toolpolicy.jsonschema;

/**
 * The notation of IP addresses, in its two kinds.
 *
 * @param leadingZeros whether an octet may begin with zeros
 * @param leastElided how many groups of zeros {@code ::} stands for at least
 */
record IpText(boolean leadingZeros, int leastElided) {
    /** As RFC 4291 and RFC 3986 have it. */
    static final IpText STANDARD = new IpText(false, 1);

    /** As RFC 5321, section 4.1.3, has it for mail. */
    static final IpText OF_MAIL = new IpText(true, 2);

    private static final int GROUPS = 8;
    private static final int LONGEST_V6 = "ffff:ffff:ffff:ffff:ffff:ffff:255.255.255.255".length();

    boolean isV4(String text) {
        int at = 0;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && !text.startsWith(".", at++)) return false;
            int end = at;
            int value = 0;
            while (end < text.length() && end - at < 3 && Ascii.isDigit(text.charAt(end))) {
                value = value * 10 + (text.charAt(end++) - '0');
            }
            if (end == at || value > 255) return false;
            if (!leadingZeros && end - at > 1 && text.charAt(at) == '0') return false;
            at = end;
        }
        return at == text.length();
    }

    boolean isV6(String text) {
        if (text.length() > LONGEST_V6) return false;
        int gap = text.indexOf("::");
        if (gap < 0) return groups(text, true) == GROUPS;
        int before = groups(text.substring(0, gap), false);
        int after = groups(text.substring(gap + 2), true);
        return before >= 0 && after >= 0 && before + after <= GROUPS - leastElided;
    }

    /** How many groups of 16 bits are written; -1 if it is anything else. */
    private int groups(String text, boolean mayEndInV4) {
        if (text.isEmpty()) return 0;
        int count = 0;
        int at = 0;
        while (true) {
            int end = Ascii.endOfHexDigits(text, at);
            if (mayEndInV4 && text.startsWith(".", end)) return isV4(text.substring(at)) ? count + 2 : -1;
            if (end == at || end - at > 4) return -1;
            count++;
            if (end == text.length()) return count;
            if (text.charAt(end) != ':') return -1;
            at = end + 1;
        }
    }
}
