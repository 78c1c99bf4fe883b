package dev.toolpolicy;

import static dev.toolpolicy.Reference.Said.UNDECIDABLE;

import dev.toolpolicy.Reference.Said;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code host_in} for the reference evaluator. */
final class NaiveUrls {
    private static final String LABEL = "(?!-)[a-z0-9_-]{1,63}(?<!-)";
    private static final String NAME = LABEL + "(?:\\." + LABEL + ")*";
    private static final String BYTE = "(?:0|[1-9][0-9]?|1[0-9][0-9]|2[0-4][0-9]|25[0-5])";
    private static final Pattern URL = Pattern.compile(
            "([a-z][a-z0-9+.-]*)://(\\[[0-9a-f:.]+]|" + NAME
                    + ")(?::([1-9][0-9]{0,4}))?(?:/[^\\\\\\s\\p{Cc}\\p{Z}]*|[?#][^@\\\\\\s\\p{Cc}\\p{Z}]*)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ALLOWED =
            Pattern.compile("(?:([a-z][a-z0-9+.-]*)://)?(\\[[0-9a-f:]+]|(?:\\*\\.)?" + NAME + ")(?::([0-9]+))?");
    private static final Map<String, String> PORTS =
            Map.of("http", "80", "https", "443", "ws", "80", "wss", "443", "ftp", "21");

    private NaiveUrls() {}

    static Said hostIn(String text, List<String> patterns) {
        Matcher url = URL.matcher(text);
        if (!url.matches() || !plainHost(lower(url.group(2)))) return UNDECIDABLE;
        if (url.group(3) != null && Integer.parseInt(url.group(3)) > 65_535) return UNDECIDABLE;
        return NaiveConditions.said(patterns.stream().anyMatch(pattern -> {
            Matcher allowed = ALLOWED.matcher(lower(pattern));
            if (!allowed.matches()) throw new IllegalArgumentException(pattern);
            String scheme = allowed.group(1) == null ? "https" : allowed.group(1);
            String host = allowed.group(2);
            String to = lower(url.group(2));
            boolean sameHost = host.startsWith("*.")
                    ? to.endsWith(host.substring(1)) && to.length() >= host.length()
                    : to.equals(host);
            return sameHost
                    && scheme.equals(lower(url.group(1)))
                    && port(scheme, allowed.group(3)).equals(port(scheme, url.group(3)));
        }));
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static String port(String scheme, String written) {
        return written == null ? PORTS.getOrDefault(scheme, "its own") : written;
    }

    private static boolean plainHost(String host) {
        if (host.startsWith("[")) return host.equals("[" + shortest(host.substring(1, host.length() - 1)) + "]");
        if (host.length() > 253) return false;
        String last = host.substring(host.lastIndexOf('.') + 1);
        boolean number = last.matches("[0-9]+|0x[0-9a-f]*");
        return !number || host.matches(BYTE + "(\\." + BYTE + "){3}");
    }

    /** As RFC 5952 writes it: the first of the longest runs of zeros is left out. */
    private static String shortest(String address) {
        byte[] bytes;
        try {
            bytes = InetAddress.getByName("[" + address + "]").getAddress();
        } catch (UnknownHostException e) {
            return "none";
        }
        if (bytes.length != 16) return "mapped";
        StringBuilder groups = new StringBuilder();
        for (int i = 0; i < 16; i += 2) {
            groups.append(":").append(Integer.toHexString((bytes[i] & 0xff) << 8 | (bytes[i + 1] & 0xff)));
        }
        for (int run = 8; run >= 2; run--) {
            String zeros = ":0".repeat(run);
            String all = groups + ":";
            int at = all.indexOf(zeros + ":");
            if (at < 0) continue;
            String before = all.substring(0, at);
            String after = all.substring(at + zeros.length() + 1);
            String text = (before.isEmpty() ? "" : before.substring(1)) + "::" + after;
            return after.isEmpty() ? text : text.substring(0, text.length() - 1);
        }
        return groups.substring(1);
    }
}
