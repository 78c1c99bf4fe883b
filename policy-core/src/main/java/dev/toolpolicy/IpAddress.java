package dev.toolpolicy;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The usual notation of IP addresses; every other notation that some library reads is refused. */
final class IpAddress {
    private static final Pattern V4_PART = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern NUMERIC = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]*");

    private IpAddress() {}

    /** Whether some resolver would take the name for an IPv4 address: its last label is a number, in whatever base. */
    static boolean looksLikeV4(String host) {
        return NUMERIC.matcher(host.substring(host.lastIndexOf('.') + 1)).matches();
    }

    /** Whether it is four decimal numbers without leading zeros. */
    static boolean isUsualV4(String host) {
        String[] parts = host.split("\\.", -1);
        if (parts.length != 4) return false;
        for (String part : parts) {
            if (!V4_PART.matcher(part).matches() || Integer.parseInt(part) > 255) return false;
        }
        return true;
    }

    /** An IPv6 address as RFC 5952 writes it; empty if it is none, names a zone or holds an IPv4 address. */
    static Optional<String> usualV6(String address) {
        if (!address.matches("[0-9A-Fa-f:]{2,39}") || address.contains(":::")) return Optional.empty();
        int gap = address.indexOf("::");
        if (gap >= 0 && address.indexOf("::", gap + 1) >= 0) return Optional.empty();
        int[] groups = gap < 0 ? groups(address, 8) : around(address.substring(0, gap), address.substring(gap + 2));
        return groups == null ? Optional.empty() : Optional.of(format(groups));
    }

    private static int @Nullable [] around(String before, String after) {
        int[] head = before.isEmpty() ? new int[0] : groups(before, -1);
        int[] tail = after.isEmpty() ? new int[0] : groups(after, -1);
        if (head == null || tail == null || head.length + tail.length > 7) return null;
        int[] all = new int[8];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, 8 - tail.length, tail.length);
        return all;
    }

    private static int @Nullable [] groups(String text, int expected) {
        String[] parts = text.split(":", -1);
        if (expected >= 0 && parts.length != expected) return null;
        int[] groups = new int[parts.length];
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].matches("[0-9A-Fa-f]{1,4}")) return null;
            groups[i] = Integer.parseInt(parts[i], 16);
        }
        return groups;
    }

    /** Lower case, no leading zeros, and {@code ::} for the first longest run of at least two zero groups. */
    private static String format(int[] groups) {
        int start = -1;
        int length = 1;
        for (int i = 0; i < groups.length; i++) {
            int run = 0;
            while (i + run < groups.length && groups[i + run] == 0) run++;
            if (run > length) {
                start = i;
                length = run;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < groups.length; i++) {
            if (i == start) {
                out.append("::");
                i += length - 1;
                continue;
            }
            if (!out.isEmpty() && out.charAt(out.length() - 1) != ':') out.append(':');
            out.append(Integer.toHexString(groups[i]));
        }
        return out.toString();
    }
}
