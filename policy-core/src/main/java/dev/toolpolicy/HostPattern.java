package dev.toolpolicy;

import dev.toolpolicy.Condition.Fault;
import dev.toolpolicy.Condition.Fault.Kind;
import dev.toolpolicy.json.Json;
import java.net.IDN;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pattern of {@code host_in}: {@code [scheme://]host[:port]}.
 *
 * @param host the host in lower case, without the star
 * @param below whether it stands for the names below the host, and not for the host itself
 */
record HostPattern(String scheme, String host, boolean below, int port) {
    private static final Pattern SHAPE =
            Pattern.compile("(?:([A-Za-z][A-Za-z0-9+.-]*)://)?(\\*\\.)?(\\[[^\\]]*\\]|[^:\\[\\]]*)(?::([^:/]*))?");

    /** The pattern that a text is; there must be no {@link #fault}. */
    static HostPattern of(String text) {
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) throw new IllegalArgumentException("not a host pattern");
        String scheme = parts.group(1) == null ? "https" : parts.group(1).toLowerCase(Locale.ROOT);
        int port = parts.group(4) == null ? UrlHost.portOf(scheme) : Integer.parseInt(parts.group(4));
        return new HostPattern(scheme, parts.group(3).toLowerCase(Locale.ROOT), parts.group(2) != null, port);
    }

    /** Whether a URL leads there. */
    boolean matches(UrlHost url) {
        if (!scheme.equals(url.scheme()) || port != url.port()) return false;
        if (!below) return host.equals(url.host());
        int rest = url.host().length() - host.length() - 1;
        // What a star stands for is a name; an address has nothing below it.
        return rest > 0
                && url.host().charAt(rest) == '.'
                && url.host().endsWith(host)
                && UrlHost.isName(url.host())
                && !IpAddress.looksLikeV4(url.host());
    }

    /** What keeps a text from being a host pattern, if anything does. */
    static Optional<Fault> fault(String text) {
        String shown = "`" + Json.shown(text) + "`";
        if (text.contains("@")) {
            return fault(
                    "found user-info in " + shown + ", expected `[scheme://]host[:port]`",
                    "write what follows the `@`");
        }
        int host = text.indexOf("://") < 0 ? 0 : text.indexOf("://") + 3;
        if (text.indexOf('/', host) >= 0 || text.contains("?") || text.contains("#")) {
            return fault(
                    "found more than a host in " + shown + ", expected `[scheme://]host[:port]`",
                    "leave the path out: judge the whole URL with `starts_with` beside `host_in`");
        }
        Matcher parts = SHAPE.matcher(text);
        if (!parts.matches()) return notAHost(shown);
        Optional<Fault> port = parts.group(4) == null ? Optional.empty() : portFault(parts.group(4));
        return port.or(() -> hostFault(shown, parts.group(3), parts.group(2) != null));
    }

    private static Optional<Fault> hostFault(String shown, String host, boolean wildcard) {
        if (host.startsWith("[")) {
            if (wildcard) return wildcardAddress(shown);
            String address = host.substring(1, host.length() - 1);
            Optional<String> usual = IpAddress.usualV6(address);
            if (usual.isEmpty()) return notAHost(shown);
            return usual.get().equals(address.toLowerCase(Locale.ROOT))
                    ? Optional.empty()
                    : fault(
                            "found " + shown + ", expected the address in its usual notation",
                            "write `[" + usual.get() + "]`");
        }
        if (host.contains("*")) {
            return fault(
                    "found a star in " + shown + " that is not a first `*.`",
                    "a star stands for whole labels at the front: `*.example.com`");
        }
        if (host.endsWith(".")) return fault("found a trailing dot in " + shown, "leave the dot out");
        if (!host.chars().allMatch(c -> c < 0x80))
            return fault("found a host that is not ASCII in " + shown, idnaHint(host));
        if (IpAddress.looksLikeV4(host)) {
            if (wildcard) return wildcardAddress(shown);
            return IpAddress.isUsualV4(host)
                    ? Optional.empty()
                    : fault(
                            "found " + shown + ", expected an address in its usual notation",
                            "write four decimal numbers from 0 to 255: `127.0.0.1`");
        }
        return UrlHost.isName(host) ? Optional.empty() : notAHost(shown);
    }

    private static Optional<Fault> portFault(String port) {
        boolean valid = port.matches("[1-9][0-9]{0,4}") && Integer.parseInt(port) <= 65_535;
        if (valid) return Optional.empty();
        return fault(
                "found the port `" + Json.shown(port) + "`, expected 1 to 65535",
                "write the port without leading zeros, or leave it out for the scheme's own");
    }

    private static String idnaHint(String host) {
        try {
            return "write its IDNA form: `" + Json.shown(IDN.toASCII(host, IDN.USE_STD3_ASCII_RULES)) + "`";
        } catch (IllegalArgumentException e) {
            return "write the host in ASCII";
        }
    }

    private static Optional<Fault> wildcardAddress(String shown) {
        return fault("found a star before an address in " + shown, "list each address");
    }

    private static Optional<Fault> notAHost(String shown) {
        return fault(
                "found " + shown + ", expected `[scheme://]host[:port]`",
                "write a host such as `api.example.com`, `*.example.com`, `http://localhost:8080` or `[::1]`");
    }

    private static Optional<Fault> fault(String message, String hint) {
        return Optional.of(new Fault(Kind.HOST, "", message, hint));
    }
}
