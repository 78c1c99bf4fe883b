package dev.toolpolicy.jsonschema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The formats of JSON Schema draft 7 that are enforced, each exactly as its RFC has it. A format that is not here (of
 * internationalised names, and of regular expressions) cannot be.
 */
enum Format {
    DATE("date", "a date such as 2026-01-31"),
    DATE_TIME("date-time", "a date and time with its offset, such as 2026-01-31T12:30:00Z"),
    EMAIL("email", "an email address such as ann@example.com"),
    HOSTNAME("hostname", "a host name such as www.example.com"),
    IPV4("ipv4", "an IPv4 address such as 192.0.2.1"),
    IPV6("ipv6", "an IPv6 address such as 2001:db8::1"),
    JSON_POINTER("json-pointer", "a JSON Pointer such as /items/0"),
    RELATIVE_JSON_POINTER("relative-json-pointer", "a relative JSON Pointer such as 1/items/0"),
    TIME("time", "a time with its offset, such as 12:30:00Z"),
    URI("uri", "a URI with its scheme, such as https://example.com/a"),
    URI_REFERENCE("uri-reference", "a URI or a relative reference such as ../a?b=c"),
    URI_TEMPLATE("uri-template", "a URI Template such as /items/{id}");

    private final String formatName;
    private final String expected;

    Format(String formatName, String expected) {
        this.formatName = formatName;
        this.expected = expected;
    }

    /** The format of this name; empty if it is not enforced. */
    static Optional<Format> named(String name) {
        return Arrays.stream(values())
                .filter(format -> format.formatName.equals(name))
                .findFirst();
    }

    /** The names of all formats, in alphabetical order. */
    static List<String> names() {
        return Arrays.stream(values()).map(format -> format.formatName).sorted().toList();
    }

    /** What is expected of a text, as the end of a sentence. */
    String expected() {
        return expected;
    }

    /** Whether the text is of this format, in time linear in its length. */
    boolean fits(String text) {
        return switch (this) {
            case DATE -> Rfc3339.isDate(text);
            case DATE_TIME -> Rfc3339.isDateTime(text);
            case EMAIL -> Mailbox.isMailbox(text);
            case HOSTNAME -> HostName.isHostName(text);
            case IPV4 -> IpText.STANDARD.isV4(text);
            case IPV6 -> IpText.STANDARD.isV6(text);
            case JSON_POINTER -> JsonPointers.isPointer(text);
            case RELATIVE_JSON_POINTER -> JsonPointers.isRelative(text);
            case TIME -> Rfc3339.isTime(text);
            case URI -> UriText.isUri(text);
            case URI_REFERENCE -> UriText.isReference(text);
            case URI_TEMPLATE -> UriTemplate.isTemplate(text);
        };
    }
}
