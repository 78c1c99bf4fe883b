package dev.toolpolicy.jsonschema;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each format takes the texts that its RFC has, and no other, however long or odd. */
final class FormatTest {
    private static final int MIB = 1 << 20;
    private static final String LABEL_OF_63 = "a".repeat(63);
    private static final String NAME_OF_253 = (LABEL_OF_63 + ".").repeat(3) + "a".repeat(61);

    /** Those in which letters and digits of all of Unicode may stand. */
    private static final Set<Format> OF_ANY_LETTERS = EnumSet.of(Format.JSON_POINTER, Format.URI_TEMPLATE);

    private record Cases(List<String> good, List<String> bad) {}

    private static final Map<String, Cases> TABLE = Map.ofEntries(
            entry(
                    "date",
                    new Cases(
                            List.of("2026-01-31", "2024-02-29", "2000-02-29", "0000-02-29", "0000-01-01", "9999-12-31"),
                            List.of(
                                    "",
                                    "2026-02-29",
                                    "1900-02-29",
                                    "2026-04-31",
                                    "2026-00-10",
                                    "2026-13-10",
                                    "2026-01-00",
                                    "2026-01-32",
                                    "2026-1-31",
                                    "2026/01/31",
                                    "20260131",
                                    "12026-01-31",
                                    "+2026-01-31",
                                    "-026-01-31",
                                    "2026-01-31Z",
                                    "2026-01-3",
                                    "2026-W05-6"))),
            entry(
                    "date-time",
                    new Cases(
                            List.of(
                                    "2026-01-31T12:30:00Z",
                                    "2026-01-31t12:30:00.000000001z",
                                    "0000-01-01T00:00:00+23:59",
                                    "9999-12-31T23:59:59-23:59",
                                    "2026-01-31T12:30:00-00:00",
                                    "2016-12-31T23:59:60Z",
                                    "2015-06-30T16:59:60.9-07:00",
                                    "2015-07-01T08:59:60+09:00",
                                    "1972-02-29T23:59:60Z"),
                            List.of(
                                    "",
                                    "2026-01-31",
                                    "2026-01-31T",
                                    "12:30:00Z",
                                    "2026-01-31 12:30:00Z",
                                    "2026-01-31T12:30Z",
                                    "2026-01-31T12:30:00",
                                    "2026-01-31T12:30:00.Z",
                                    "2026-01-31T12:30:00,5Z",
                                    "2026-01-31T24:00:00Z",
                                    "2026-02-30T12:30:00Z",
                                    "2026-01-31T12:30:00+0100",
                                    "2026-01-31T12:30:00+01",
                                    "2026-01-31T12:30:00+24:00",
                                    "2026-01-31T12:30:00+01:60",
                                    "2026-01-31T12:30:00+01:00Z",
                                    "2016-12-30T23:59:60Z",
                                    "2016-12-31T23:59:60+01:00",
                                    "2016-12-31T00:59:60+01:00",
                                    "2023-02-29T23:59:60Z"))),
            entry(
                    "email",
                    new Cases(
                            List.of(
                                    "ann@example.com",
                                    "a@b",
                                    "a.b+c/d='{|}~@x-1.example",
                                    "1@2.3.4.5",
                                    "\"\"@example.com",
                                    "\"a b@c..d\"@example.com",
                                    "\"\\\"\\\\\\ \"@example.com",
                                    "ann@[192.0.2.1]",
                                    "ann@[192.000.002.001]",
                                    "ann@[IPv6:2001:db8::1]",
                                    "ann@[ipv6:1:2:3:4:5:6:7:8]",
                                    "ann@[IPv6:1:2:3:4:5:6::]",
                                    "ann@[IPv6:::ffff:192.0.2.1]",
                                    "a".repeat(64) + "@example.com",
                                    "a@" + NAME_OF_253.substring(1)),
                            List.of(
                                    "",
                                    "@",
                                    "ann",
                                    "ann@",
                                    "@example.com",
                                    ".ann@example.com",
                                    "ann.@example.com",
                                    "a..b@example.com",
                                    "a b@example.com",
                                    "a(b)@example.com",
                                    "ann@b@example.com",
                                    "ann@example..com",
                                    "ann@example.com.",
                                    "ann@-a.com",
                                    "ann@a_b.com",
                                    "ann@192.0.2.1]",
                                    "ann@[192.0.2.1",
                                    "ann@[192.0.2.256]",
                                    "ann@[192.0.2]",
                                    "ann@[0192.0.2.1]",
                                    "ann@[2001:db8::1]",
                                    "ann@[IPv6:1:2:3:4:5:6:7::]",
                                    "ann@[IPv6:1:2:3:4:5::192.0.2.1]",
                                    "ann@[\u0131Pv6:2001:db8::1]",
                                    "ann@[IPv4:192.0.2.1]",
                                    "ann@[]",
                                    "Ann <ann@example.com>",
                                    "\"ann@example.com",
                                    "\"ann\\\"@example.com",
                                    "\"a\"b@example.com",
                                    "\"a\"\"b\"@example.com",
                                    "\"a\tb\"@example.com",
                                    "\"\u00e9\"@example.com",
                                    "\u00e9@example.com",
                                    "a@\u00e9.com",
                                    "a".repeat(65) + "@example.com",
                                    "ab@" + NAME_OF_253.substring(1),
                                    "a@" + LABEL_OF_63 + "a.com"))),
            entry(
                    "hostname",
                    new Cases(
                            List.of(
                                    "www.example.com",
                                    "localhost",
                                    "a",
                                    "7a",
                                    "WWW.Example.COM",
                                    "3a.5--b.c0",
                                    "1.2.3.4a",
                                    "r1---sn.example",
                                    LABEL_OF_63 + ".org",
                                    NAME_OF_253,
                                    // German, Greek, Hebrew, Arabic, and, last, Japanese.
                                    "xn--bcher-kva.example",
                                    "XN--BCHER-KVA",
                                    "xn--strae-oqa.de",
                                    "xn--hxajbheg2az3al",
                                    "xn--6dbbec0c",
                                    "xn--1-zhc",
                                    "xn--mgbh0fb",
                                    // An i without a dot, a Cherokee capital, a Persian non-joiner, a Sinhala joiner.
                                    "xn--cfa",
                                    "xn--f9dt7l",
                                    "xn--mgbn2ecje63gr19l",
                                    "xn--10cl1a0b660p",
                                    "xn--r8jz45g"),
                            List.of(
                                    "",
                                    ".",
                                    "a.",
                                    ".a",
                                    "a..b",
                                    "a_b",
                                    "a b",
                                    "-a",
                                    "a-",
                                    "a.-b",
                                    "b-.a",
                                    "a:80",
                                    "[::1]",
                                    "192.0.2.1",
                                    "999.999.999.999",
                                    "example.1",
                                    "b\u00fccher.example",
                                    "a\u3002b",
                                    "a\uff0eb",
                                    LABEL_OF_63 + "a.org",
                                    NAME_OF_253 + "a",
                                    "1.2",
                                    "7",
                                    // No Punycode, none that an encoder makes, too large a number, and a control
                                    // character.
                                    "xn--0",
                                    "xn--zz",
                                    "xn---9ca",
                                    "xn--99999999",
                                    "xn--zzzzzzzzzzzzzz",
                                    "xn--a",
                                    // A capital, a heart, a small Cherokee letter, a mark to repeat with.
                                    "xn--dca",
                                    "xn--g6h",
                                    "xn--3z9aod",
                                    "xn--a-x6t",
                                    // An accent that is to be composed, and one at the start.
                                    "xn--e-xbb",
                                    "xn--a-wbb.com",
                                    // Hyphens at the start, at the end, and in third and fourth place.
                                    "xn----eha",
                                    "xn----dha",
                                    "xn--ab---3ra",
                                    // Letters of two directions, a digit before Hebrew, digits of two kinds after it.
                                    "xn--a-0hc",
                                    "xn--a-zhc",
                                    "xn--1-0hc",
                                    "xn--1-zhc74b",
                                    // A joiner and a non-joiner that join nothing.
                                    "xn--11b2er09f",
                                    "xn--ab-j1t"))),
            entry(
                    "ipv4",
                    new Cases(
                            List.of("192.0.2.1", "0.0.0.0", "255.255.255.255", "1.20.100.250"),
                            List.of(
                                    "",
                                    "192.0.2",
                                    "192.0.2.1.1",
                                    "192.0.2.",
                                    ".192.0.2.1",
                                    "192..2.1",
                                    "192.0.2.256",
                                    "192.0.2.1000",
                                    "192.0.2.01",
                                    "00.0.0.0",
                                    "192.0.2.+1",
                                    "192.0.2.0x1",
                                    "192.0.2.1/24",
                                    "3221225985",
                                    "::1"))),
            entry(
                    "ipv6",
                    new Cases(
                            List.of(
                                    "::",
                                    "::1",
                                    "1::",
                                    "2001:DB8::a0b1",
                                    "0001:0002:0003:0004:0005:0006:0007:0008",
                                    "1:2:3:4:5:6:7::",
                                    "::2:3:4:5:6:7:8",
                                    "1:2:3::5:6:7:8",
                                    "::192.0.2.1",
                                    "1:2:3:4:5:6:192.0.2.1",
                                    "1:2:3:4:5::192.0.2.1"),
                            List.of(
                                    "",
                                    ":",
                                    ":::",
                                    "1",
                                    "1:",
                                    ":1",
                                    "1:2:3:4:5:6:7",
                                    "1:2:3:4:5:6:7:8:9",
                                    "1:2:3:4:5:6:7:8::",
                                    "1:2:3:4::5:6:7:8",
                                    "1::2::3",
                                    "1:::2",
                                    "::12345",
                                    "::g",
                                    "192.0.2.1",
                                    "::192.0.2.01",
                                    "::192.0.2.256",
                                    "::192.0.2",
                                    "192.0.2.1::",
                                    "::192.0.2.1:1",
                                    "1:2:3:4:5:6::192.0.2.1",
                                    "1:2:3:4:5:6:7:192.0.2.1",
                                    "[::1]",
                                    "fe80::1%1",
                                    "::1/128"))),
            entry(
                    "json-pointer",
                    new Cases(
                            List.of(
                                    "",
                                    "/",
                                    "//",
                                    "/a/0/-",
                                    "/~0~1",
                                    "/a~01",
                                    "/ ",
                                    "/%zz",
                                    "/\"\\",
                                    "/\u0000\n",
                                    "/\ud83c\udfb2"),
                            List.of(
                                    "a", " ", "#", "#/a", "a/b", "0", "~0", "/~", "/a~", "/~2", "/~ 0", "/~/0",
                                    "/~~0"))),
            entry(
                    "relative-json-pointer",
                    new Cases(
                            List.of(
                                    "0",
                                    "7",
                                    "10",
                                    "0#",
                                    "12#",
                                    "0/",
                                    "1/a/0",
                                    "2/~0~1",
                                    "999999999999999999999/a",
                                    "0/#"),
                            List.of(
                                    "", "#", "/", "/a", "00", "01", "-1", "+1", "1a", "0##", "0#/a", "0/~", "1/~2",
                                    "0+1", "0-1#", "1 "))),
            entry(
                    "time",
                    new Cases(
                            List.of(
                                    "12:30:00Z",
                                    "00:00:00z",
                                    "23:59:59.123456789012345678901234567890Z",
                                    "12:30:00+23:59",
                                    "12:30:00-23:59",
                                    "12:30:00-00:00",
                                    "23:59:60Z",
                                    "23:59:60.5+00:00",
                                    "00:14:60+00:15",
                                    "18:29:60-05:30",
                                    "22:59:60-01:00"),
                            List.of(
                                    "",
                                    "Z",
                                    "12:30:00",
                                    "12:30Z",
                                    "12:30:00.Z",
                                    "12:30:00,5Z",
                                    "12.30.00Z",
                                    "1:30:00Z",
                                    "24:00:00Z",
                                    "12:60:00Z",
                                    "12:30:61Z",
                                    "12:30:60Z",
                                    "23:59:60+00:01",
                                    "23:59:60-00:01",
                                    "12:30:00+1:00",
                                    "12:30:00+0100",
                                    "12:30:00+24:00",
                                    "12:30:00+00:60",
                                    "12:30:00\u221201:00",
                                    "12:30:00 Z",
                                    "12:30:00ZZ",
                                    "T12:30:00Z",
                                    "-1:30:00Z"))),
            entry(
                    "uri",
                    new Cases(
                            List.of(
                                    "https://example.com/a",
                                    "https://ann:pw@example.com:8443/a;b=c/?q=/?#f/?",
                                    "a:",
                                    "a://",
                                    "a:b:c",
                                    "a:/b//c",
                                    "A+1-.:x",
                                    "file:///etc/hosts",
                                    "mailto:ann@example.com",
                                    "urn:isbn:0451450523",
                                    "x://h:/",
                                    "x://h:99999999999/",
                                    "x://%C3%A9/%00",
                                    "x://1.2.3.999/",
                                    "x://[2001:db8::1]:80/",
                                    "x://u@[::192.0.2.1]",
                                    "x://[v1F.a:b]"),
                            List.of(
                                    "",
                                    ":",
                                    "a",
                                    "/a",
                                    "//h/a",
                                    "?a:b",
                                    "#a:b",
                                    "1a:b",
                                    "+a:b",
                                    "a_b:c",
                                    "\u00e4:b",
                                    "x:a b",
                                    "x:a\\b",
                                    "x:<a>",
                                    "x:\"",
                                    "x:{a}",
                                    "x:a|b",
                                    "x:a^b",
                                    "x:`",
                                    "x:[a]",
                                    "x:\u00e9",
                                    "x:\u0000",
                                    "x:\u007f",
                                    "x:a#b#c",
                                    "x:%",
                                    "x:%4",
                                    "x:%4g",
                                    "x:%%41",
                                    "x:a%4?1",
                                    "x://h:80a/",
                                    "x://h:8:0/",
                                    "x://a@b@c/",
                                    "x://[::1/",
                                    "x://::1/",
                                    "x://[::1]a/",
                                    "x://a[::1]/",
                                    "x://[1.2.3.4]/",
                                    "x://[::1%251]/",
                                    "x://[::01.2.3.4]/",
                                    "x://[]/",
                                    "x://[v1.]/",
                                    "x://[v.a]/",
                                    "x://[vg.a]/",
                                    "x://[v1.%41]/",
                                    "x://[v1a]/"))),
            entry(
                    "uri-reference",
                    new Cases(
                            List.of(
                                    "",
                                    "#",
                                    "?",
                                    "/",
                                    "//",
                                    "///",
                                    "a",
                                    "../a?b=c#d",
                                    "./a:b",
                                    "a/b:c",
                                    "?a:b",
                                    "#a:b",
                                    "//ann@example.com:80/a",
                                    "//[::1]?q",
                                    "%41",
                                    "x:y"),
                            List.of(
                                    ":",
                                    ":a",
                                    "1:a",
                                    "a_b:c",
                                    "%41:b",
                                    " ",
                                    "a b",
                                    "\\\\a\\b",
                                    "#a#b",
                                    "%",
                                    "//h:x",
                                    "//[::1",
                                    "[a]",
                                    "\u00e9",
                                    "/\u0000",
                                    "a%2"))),
            entry(
                    "uri-template",
                    new Cases(
                            List.of(
                                    "",
                                    "/items/{id}",
                                    "a:b{+x,y*,z:9999}",
                                    "{#a}{.b}{/c}{;d}{?e}{&f}",
                                    "{a.b_1.%41}",
                                    "{=a}{,a}{!a}{@a}{|a}",
                                    "it's[x]",
                                    "%41\u00a0\u00e9\u2028\ue000\ud83c\udfb2"),
                            List.of(
                                    "{",
                                    "}",
                                    "{}",
                                    "{+}",
                                    "{a",
                                    "a}",
                                    "{{a}}",
                                    "{a}}",
                                    "{a,}",
                                    "{,,a}",
                                    "{a,,b}",
                                    "{a b}",
                                    "{a-b}",
                                    "{.}",
                                    "{a.}",
                                    "{a..b}",
                                    "{..a}",
                                    "{a:}",
                                    "{a:0}",
                                    "{a:01}",
                                    "{a:10000}",
                                    "{a:1*}",
                                    "{a*:1}",
                                    "{a**}",
                                    "{*}",
                                    "{a+}",
                                    "{++a}",
                                    "{\u00e9}",
                                    "{%4}",
                                    "{a=b}",
                                    "%",
                                    "%4",
                                    "%4g",
                                    " ",
                                    "\"",
                                    "<",
                                    ">",
                                    "\\",
                                    "^",
                                    "`",
                                    "|",
                                    "\u0000",
                                    "\n",
                                    "\u007f",
                                    "\u0085",
                                    "\ud83c",
                                    "\udfb2\ud83c",
                                    "\ufdd0",
                                    "\ufff0",
                                    "\uffff",
                                    "\ud83f\udfff",
                                    "\udb40\udc01"))));

    @Test
    void theNamesAndTheTableCoverEachOther() {
        assertThat(Format.names()).isSorted().containsExactlyInAnyOrderElementsOf(TABLE.keySet());
        assertThat(Format.names().stream().map(Format::named))
                .doesNotHaveDuplicates()
                .hasSize(Format.values().length);
        assertThat(Format.names().stream().map(name -> Format.named(name).orElseThrow()))
                .containsExactlyInAnyOrder(Format.values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "regex",
                "iri",
                "iri-reference",
                "idn-email",
                "idn-hostname",
                "uuid",
                "duration",
                "Date",
                "DATE_TIME"
            })
    void aFormatThatIsNotEnforcedHasNoName(String name) {
        assertThat(Format.named(name)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void whatIsOfTheFormatFitsAndWhatIsNotDoesNot(Format format) {
        for (String text : cases(format).good) assertFits(format, text);
        for (String text : cases(format).bad) assertDoesNotFit(format, text);
    }

    @ParameterizedTest
    @EnumSource
    void theExampleInWhatIsExpectedFits(Format format) {
        String[] parts = format.expected().split("such as ");
        assertThat(parts).hasSize(2);
        assertFits(format, parts[1]);
    }

    @ParameterizedTest
    @EnumSource
    void nothingMayStandBeforeTheText(Format format) {
        for (String before : List.of(" ", "\t", "\n", "\u0000", "\u0085")) {
            for (String text : cases(format).good) assertDoesNotFit(format, before + text);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = EnumSource.Mode.EXCLUDE,
            names = {"JSON_POINTER", "RELATIVE_JSON_POINTER"})
    void nothingMayStandAfterTheText(Format format) {
        for (String after : List.of(" ", "\n", "\r\n", "\u0000", "\u007f", "\u0085", "\uffff")) {
            for (String text : cases(format).good) assertDoesNotFit(format, text + after);
        }
    }

    @ParameterizedTest
    @EnumSource
    void digitsAreThoseOfAscii(Format format) {
        if (OF_ANY_LETTERS.contains(format)) return;
        // Arabic, Bengali, of full width, and mathematical ones of two chars.
        for (int zero : new int[] {0x0660, 0x09E6, 0xFF10, 0x1D7CE}) {
            for (String text : cases(format).good) {
                String other = text.codePoints()
                        .map(c -> c >= '0' && c <= '9' ? c - '0' + zero : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                if (!other.equals(text)) assertDoesNotFit(format, other);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void lettersAreThoseOfAscii(Format format) {
        if (OF_ANY_LETTERS.contains(format) || format == Format.RELATIVE_JSON_POINTER) return;
        // The Kelvin sign and the i without a dot are a k and an I once case is ignored.
        for (String text : List.of("\u212a", "\u0131", "\uff41", "\u2028", "\ud835\udc1a")) {
            for (String good : cases(format).good) {
                int middle = good.length() / 2;
                assertDoesNotFit(format, good.substring(0, middle) + text + good.substring(middle));
            }
        }
    }

    @Test
    void aLeapSecondIsTakenWhereUtcHasOne() {
        for (int minute = 0; minute < 24 * 60; minute++) {
            String time = "%02d:%02d:60".formatted(minute / 60, minute % 60);
            // East of UTC the day ends later, so this is the offset at which it is 23:59 in UTC.
            int ahead = minute + 1;
            int behind = 24 * 60 - 1 - minute;
            if (ahead < 24 * 60) assertFits(Format.TIME, time + "+" + hoursAndMinutes(ahead));
            assertFits(Format.TIME, time + "-" + hoursAndMinutes(behind));
            assertDoesNotFit(Format.TIME, time + "+" + hoursAndMinutes((ahead + 1) % (24 * 60)));
            assertDoesNotFit(Format.TIME, time + "-" + hoursAndMinutes((behind + 1) % (24 * 60)));
        }
    }

    private static String hoursAndMinutes(int minutes) {
        return "%02d:%02d".formatted(minutes / 60, minutes % 60);
    }

    @Test
    void theContextOfACharacterDecidesAboutALabel() {
        // A middle dot between two l; a keraia before Greek; a geresh after Hebrew; a dot beside Katakana.
        assertHostNames(true, "xn--alla-6ha", "xn--wva4j", "xn--4db4e", "xn--cckyj");
        assertHostNames(false, "xn--ala-mga", "xn--wva", "xn--4eb", "xn--vek");
        // Arabic digits of one kind, and of both; a non-joiner after a letter that is joined to it, and after one that
        // is not.
        assertHostNames(true, "xn--ngb2j", "xn--ngbo679q");
        assertHostNames(false, "xn--ngb2j6q", "xn--ngbn779q");
    }

    @Test
    void aLongTextFitsAsAShortOneDoes() {
        assertFits(Format.TIME, "12:30:00." + "7".repeat(MIB) + "Z");
        assertFits(Format.DATE_TIME, "2026-01-31T12:30:00." + "0".repeat(MIB) + "+01:00");
        assertFits(Format.URI, "x://" + "%41".repeat(MIB) + "/" + "a/".repeat(MIB) + "?" + "?".repeat(MIB));
        assertFits(Format.URI_REFERENCE, "/".repeat(MIB) + "#" + "a".repeat(MIB));
        assertFits(Format.URI_TEMPLATE, "{a}".repeat(MIB) + "{" + "b,".repeat(MIB) + "c}");
        assertFits(Format.JSON_POINTER, "/~0".repeat(MIB));
        assertFits(Format.RELATIVE_JSON_POINTER, "1".repeat(MIB) + "/a".repeat(MIB));
    }

    @Test
    void aTextThatIsMadeToBeSlowIsNot() {
        List<String> starts = List.of("", "x://", "//", "x:", "{", "/", "1", "\"", "a@\"", "12:30:00.", "xn--");
        List<String> parts = List.of(
                "a",
                "1",
                ".",
                ":",
                "::",
                "-",
                "/",
                "%41",
                "%4",
                "{a}",
                "{a",
                "a,",
                "a.",
                "{",
                "~0",
                "~",
                "@",
                "\"",
                "\\\\",
                "[",
                "]",
                "xn--",
                "xn--a.",
                "1:",
                "?",
                "#",
                "\u00e9",
                "\ud83c\udfb2");
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            for (String part : parts) {
                String body = part.repeat(MIB / part.length());
                for (String start : starts) {
                    String text = start + body;
                    for (Format format : Format.values()) format.fits(text);
                }
            }
        });
    }

    private static Cases cases(Format format) {
        return TABLE.entrySet().stream()
                .filter(row -> Format.named(row.getKey()).orElseThrow() == format)
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
    }

    private static void assertHostNames(boolean fit, String... names) {
        for (String name : names) {
            if (fit) assertFits(Format.HOSTNAME, name);
            else assertDoesNotFit(Format.HOSTNAME, name);
        }
    }

    private static void assertFits(Format format, String text) {
        assertThat(format.fits(text)).as("%s: <%s>", format, shown(text)).isTrue();
    }

    private static void assertDoesNotFit(Format format, String text) {
        assertThat(format.fits(text)).as("not %s: <%s>", format, shown(text)).isFalse();
    }

    private static String shown(String text) {
        return text.length() < 300 ? text : text.substring(0, 300) + "...";
    }
}
