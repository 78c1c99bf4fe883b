package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.Condition.Operator;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code host_in} keeps its promise, against what is published and against the JDK. */
final class UrlHostTest {
    static Stream<Judged.Row> rows() {
        return Judged.table("host_in.txt");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void aUrlLeadsToAHostOrNotOrCannotBeJudged(Judged.Row row) {
        assertThat(Judged.said(Operator.HOST_IN, Judged.json(row.left()), Judged.json(row.right())))
                .isEqualTo(row.verdict());
    }

    /** In any place, no character beyond ASCII, none that is invisible, and few others, leave the URL plain. */
    @Test
    void noOddCharacterIsPlainInTheHost() {
        for (int c = 0; c <= Character.MAX_CODE_POINT; c += c < 0x3_0000 ? 1 : 97) {
            if (c >= 0xD800 && c <= 0xDFFF) continue;
            boolean legal = c < 0x80 && (Character.isLetterOrDigit(c) || "-_./?#:".indexOf(c) >= 0);
            if (legal) continue;
            String odd = new String(Character.toChars(c));
            assertThat(UrlHost.of("https://a" + odd + "b.com/")).as("U+%04X", c).isEmpty();
        }
    }

    @Test
    void aSchemeIsLettersAndWhatMayStandBehindOne() {
        for (int c = 0; c < 0x80; c++) {
            String scheme = Character.toString(c);
            boolean letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
            boolean other = letter || (c >= '0' && c <= '9') || "+-.".indexOf(c) >= 0;
            assertThat(UrlHost.of(scheme + "://a.com").isPresent())
                    .as("U+%04X", c)
                    .isEqualTo(letter);
            assertThat(UrlHost.of("s" + scheme + "://a.com").isPresent())
                    .as("U+%04X behind a letter", c)
                    .isEqualTo(other);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "a.", ":", "[", "]", "::", "@", "1", "1.", "0x", "%2e", "\u212a", "/", "\\", "://"})
    void longUrlsAreJudgedQuickly(String piece) {
        for (String before : List.of("", "https://", "https://[", "https://a:", "https://a/")) {
            String url = before + piece.repeat(500_000 / piece.length());
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> UrlHost.of(url));
        }
    }

    @Test
    void aNameHas253CharactersAtMostAndALabel63() {
        String label = "a".repeat(63);
        String name = (label + ".").repeat(3) + "a".repeat(61);
        assertThat(UrlHost.of("https://" + name)).map(UrlHost::host).contains(name);
        assertThat(UrlHost.of("https://" + name + "a")).isEmpty();
        assertThat(UrlHost.of("https://" + label)).isPresent();
        assertThat(UrlHost.of("https://a" + label)).isEmpty();
    }

    private static final String[] SCHEMES = {"http", "https", "HTTP", "ws", "foo", "", "1a"};
    private static final String[] SEPARATORS = {"://", "://", "://", "://", ":", "//", ":/", ":///"};
    private static final String[] PIECES = {
        "allowed.com",
        "evil",
        "a-b",
        "[",
        "]",
        "::",
        "1",
        "db8",
        "%2e",
        "#",
        "?",
        ".",
        "-",
        "0x7f",
        "127.0.0.1",
        "_",
        "\\",
        ";",
        "&",
        "\u212a",
        "\u3002",
        ":",
        ":80",
        ":443",
        "00",
        " ",
        "\t",
        "@",
        "/",
        "/",
        "xn--",
        "[::1]",
        "A"
    };

    /** Where it gives a host, the JDK gives the same, or none because its grammar of names is narrower. */
    @Test
    void theJdkReadsTheSameHostAndPort() throws URISyntaxException {
        SplittableRandom random = new SplittableRandom(4);
        int plain = 0;
        for (int i = 0; i < 200_000; i++) {
            StringBuilder text = new StringBuilder(SCHEMES[random.nextInt(SCHEMES.length)])
                    .append(SEPARATORS[random.nextInt(SEPARATORS.length)]);
            for (int n = random.nextInt(5) + 1; n > 0; n--) text.append(PIECES[random.nextInt(PIECES.length)]);
            Optional<UrlHost> read = UrlHost.of(text.toString());
            if (read.isEmpty()) continue;
            plain++;
            assertSame(text.toString(), read.get());
        }
        assertThat(plain).isGreaterThan(5_000);
    }

    private static void assertSame(String text, UrlHost read) throws URISyntaxException {
        // A path may hold what the JDK does not read, such as an odd percent sign: only what stands before it matters.
        URI uri = parsed(text).orElse(null);
        if (uri == null) uri = new URI(text.split("(?<=[^:/])[/?#]", 2)[0]);
        assertThat(uri.getScheme()).isEqualToIgnoringCase(read.scheme());
        if (uri.getHost() == null) {
            // To the JDK a name has no underscore, and its last label begins with a letter.
            assertThat(read.host()).as(text).matches(".*_.*|(.*\\.)?[0-9][^.]*");
            assertThat(uri.getRawAuthority().toLowerCase(Locale.ROOT).split(":", 2)[0])
                    .isEqualTo(read.host());
            return;
        }
        assertThat(uri.getHost().toLowerCase(Locale.ROOT)).as(text).isEqualTo(read.host());
        assertThat(uri.getRawUserInfo()).isNull();
        assertThat(uri.getPort() < 0 ? UrlHost.portOf(read.scheme()) : uri.getPort())
                .as(text)
                .isEqualTo(read.port());
    }

    private static Optional<URI> parsed(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Four bytes in every notation that RFC 6943 lists are one address or none. */
    @Test
    void onlyTheUsualNotationOfAnIpv4AddressIsRead() {
        String[] forms = {"%d", "0%o", "0x%x", "%03d"};
        for (int mask = 0; mask < 256; mask++) {
            StringBuilder host = new StringBuilder();
            for (int i = 0; i < 4; i++) {
                host.append(i == 0 ? "" : ".").append(String.format(forms[mask >> (2 * i) & 3], 10 + i));
            }
            assertThat(UrlHost.of("http://" + host).isPresent()).as("%s", host).isEqualTo(mask == 0);
        }
    }

    /** The JDK turns each of these into IPv4; so may whoever opens the URL. */
    @Test
    void noIpv6AddressIsReadThatTheJdkTakesForIpv4() throws Exception {
        SplittableRandom random = new SplittableRandom(5);
        String[] groups = {"0", "ffff", "7f00", "1", ""};
        int read = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder address = new StringBuilder(groups[random.nextInt(groups.length)]);
            for (int n = random.nextInt(8) + 1; n > 0; n--)
                address.append(':').append(groups[random.nextInt(groups.length)]);
            if (UrlHost.of("http://[" + address + "]").isEmpty()) continue;
            read++;
            assertThat(InetAddress.getByName(address.toString())).isInstanceOf(Inet6Address.class);
        }
        assertThat(read).isGreaterThan(1_000);
    }
}
