package dev.toolpolicy;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where a plain absolute URL leads: its scheme, host and port.
 *
 * <p>Promise: if a URL's host is found here, then a program that opens the URL as it is connects to that host and port. A URL of
 * which two programs could read two hosts (user-info, backslashes, odd notations of addresses, trailing dots, letters beyond
 * ASCII) is not plain. To what address a name resolves, and where the host redirects, is outside the promise.
 */
record UrlHost(String scheme, String host, int port) {
    /** No port is known: the URL names none, and its scheme has none of its own. */
    static final int NO_PORT = -1;

    private static final int BAD_PORT = -2;

    private static final Map<String, Integer> PORTS = Map.of("https", 443, "http", 80, "wss", 443, "ws", 80, "ftp", 21);
    private static final int MAX_NAME = 253;
    private static final int MAX_LABEL = 63;
    private static final int MAX_PORT = 65_535;

    /** Where a text leads; empty if it is not a plain absolute URL. Read by hand, for the text is the agent's. */
    static Optional<UrlHost> of(String url) {
        int schemeEnd = url.indexOf("://");
        if (schemeEnd < 0 || !isScheme(url, schemeEnd) || hasOddCharacters(url)) return Optional.empty();
        String scheme = url.substring(0, schemeEnd).toLowerCase(Locale.ROOT);
        int end = authorityEnd(url, schemeEnd + 3);
        // To some, `allowed.com#@evil.com` and `allowed.com?@evil.com` are user-info and a host.
        if (end < url.length() && url.charAt(end) != '/' && url.indexOf('@', end) >= 0) return Optional.empty();
        String authority = url.substring(schemeEnd + 3, end);
        int hostEnd = authority.startsWith("[") ? authority.indexOf(']') + 1 : authority.indexOf(':');
        if (hostEnd < 0) hostEnd = authority.length();
        int port = hostEnd == authority.length() ? portOf(scheme) : port(authority, hostEnd);
        // Before it is lower case, which makes a `k` of the Kelvin sign.
        if (!authority.chars().allMatch(c -> c < 0x80)) return Optional.empty();
        String host = authority.substring(0, hostEnd).toLowerCase(Locale.ROOT);
        return port != BAD_PORT && isPlainHost(host) ? Optional.of(new UrlHost(scheme, host, port)) : Optional.empty();
    }

    private static boolean isScheme(String url, int end) {
        for (int i = 0; i < end; i++) {
            char c = url.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && (i == 0 || !other)) return false;
        }
        return end > 0;
    }

    /** The port after a colon: no leading zero, no sign, and not none. */
    private static int port(String authority, int colon) {
        int digits = authority.length() - colon - 1;
        if (authority.charAt(colon) != ':' || digits < 1 || digits > 5 || authority.charAt(colon + 1) == '0')
            return BAD_PORT;
        int port = 0;
        for (int i = colon + 1; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (c < '0' || c > '9') return BAD_PORT;
            port = port * 10 + (c - '0');
        }
        return port <= MAX_PORT ? port : BAD_PORT;
    }

    /** The port that a scheme has unless another is written. */
    static int portOf(String scheme) {
        return PORTS.getOrDefault(scheme, NO_PORT);
    }

    /** Whether it is an address in its usual notation, or a name in ASCII; in lower case. */
    private static boolean isPlainHost(String host) {
        if (host.startsWith("[")) {
            String address = host.substring(1, Math.max(1, host.length() - 1));
            return IpAddress.usualV6(address).filter(address::equals).isPresent();
        }
        if (IpAddress.looksLikeV4(host)) return IpAddress.isUsualV4(host);
        return isName(host);
    }

    /** Whether it is a name of labels; IDNA's form of other letters is one. */
    static boolean isName(String host) {
        if (host.isEmpty() || host.length() > MAX_NAME) return false;
        int start = 0;
        for (int i = 0; i <= host.length(); i++) {
            if (i < host.length() && host.charAt(i) != '.') continue;
            if (!isLabel(host, start, i)) return false;
            start = i + 1;
        }
        return true;
    }

    private static boolean isLabel(String host, int start, int end) {
        if (end == start || end - start > MAX_LABEL || host.charAt(start) == '-' || host.charAt(end - 1) == '-')
            return false;
        for (int i = start; i < end; i++) {
            char c = host.charAt(i);
            boolean legal =
                    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
            if (!legal) return false;
        }
        return true;
    }

    private static int authorityEnd(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            if ("/?#".indexOf(url.charAt(i)) >= 0) return i;
        }
        return url.length();
    }

    private static boolean hasOddCharacters(String url) {
        return url.codePoints()
                .anyMatch(c -> c == '\\'
                        || Character.isISOControl(c)
                        || Character.isWhitespace(c)
                        || Character.isSpaceChar(c));
    }
}
