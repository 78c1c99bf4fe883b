package dev.toolpolicy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The usual notation of IP addresses; every other notation that some library reads is refused. Read by hand: agents choose it. */
final class IpAddress {
    private static final int GROUPS = 8;
    private static final int LONGEST_V6 = 39;
    private static final String HEX = "0123456789abcdef";

    private IpAddress() {}

    /** Whether some resolver would take the name for an IPv4 address: its last label is a number, in whatever base. */
    static boolean looksLikeV4(String host) {
        String last = host.substring(host.lastIndexOf('.') + 1);
        if (last.startsWith("0x") || last.startsWith("0X"))
            return last.substring(2).chars().allMatch(IpAddress::isHex);
        return !last.isEmpty() && last.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Whether it is four decimal numbers without leading zeros. */
    static boolean isUsualV4(String host) {
        List<String> parts = parts(host, '.');
        return parts.size() == 4 && parts.stream().allMatch(IpAddress::isByte);
    }

    private static boolean isByte(String part) {
        if (part.isEmpty() || part.length() > 3 || (part.length() > 1 && part.charAt(0) == '0')) return false;
        return part.chars().allMatch(c -> c >= '0' && c <= '9') && Integer.parseInt(part) <= 255;
    }

    /** An IPv6 address as RFC 5952 writes it; empty if it is none, names a zone or holds an IPv4 address. */
    static Optional<String> usualV6(String address) {
        if (address.length() < 2 || address.length() > LONGEST_V6) return Optional.empty();
        int gap = address.indexOf("::");
        // A second gap, or a third colon beside the first, leaves a group without a digit.
        int[] groups = gap < 0 ? groups(address) : around(address.substring(0, gap), address.substring(gap + 2));
        if (groups == null || groups.length != GROUPS || holdsV4(groups)) return Optional.empty();
        return Optional.of(format(groups));
    }

    /** An IPv4 address in IPv6's clothes ({@code ::ffff:7f00:1}): some programs connect to the one, some to the other. */
    private static boolean holdsV4(int[] groups) {
        for (int i = 0; i < 5; i++) {
            if (groups[i] != 0) return false;
        }
        return groups[5] == 0xFFFF;
    }

    private static int @Nullable [] around(String before, String after) {
        int[] head = before.isEmpty() ? new int[0] : groups(before);
        int[] tail = after.isEmpty() ? new int[0] : groups(after);
        if (head == null || tail == null || head.length + tail.length >= GROUPS) return null;
        int[] all = new int[GROUPS];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, GROUPS - tail.length, tail.length);
        return all;
    }

    private static int @Nullable [] groups(String text) {
        List<String> parts = parts(text, ':');
        int[] groups = new int[parts.size()];
        for (int i = 0; i < groups.length; i++) {
            String part = parts.get(i);
            if (part.isEmpty() || part.length() > 4 || !part.chars().allMatch(IpAddress::isHex)) return null;
            groups[i] = Integer.parseInt(part, 16);
        }
        return groups;
    }

    private static boolean isHex(int c) {
        return HEX.indexOf(Character.toLowerCase(c)) >= 0 && c < 0x80;
    }

    private static List<String> parts(String text, char separator) {
        List<String> parts = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i < text.length() && text.charAt(i) != separator) continue;
            parts.add(text.substring(start, i));
            start = i + 1;
        }
        return parts;
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
