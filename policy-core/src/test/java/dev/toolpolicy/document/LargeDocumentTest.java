package dev.toolpolicy.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.toolpolicy.document.Problem.Code;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large documents, and those that are made to be slow: an answer, and not a late one. The time is a guard against a hang only. */
class LargeDocumentTest {
    private static final Duration HANG = Duration.ofMinutes(2);
    private static final String HEAD = "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{";

    @Test
    void tenThousandToolsAreAPolicy() {
        String document = HEAD
                + IntStream.range(0, 10_000).mapToObj(LargeDocumentTest::tool).collect(Collectors.joining(","))
                + "}}";

        ParseResult result =
                assertTimeoutPreemptively(HANG, () -> PolicyParser.standard().parse(document));

        assertThat(document.length()).isGreaterThan(3_000_000);
        assertThat(result.orThrow().tools()).hasSize(10_000);
    }

    private static String tool(int i) {
        return "\"tool_" + i
                + "\":{\"require\":[{\"path\":\"args.currency\",\"op\":\"in\",\"value\":[\"usd\",\"eur\"]},"
                + "{\"path\":\"args.amount\",\"op\":\"lte\",\"value\":" + i + "},"
                + "{\"path\":\"args.tenant\",\"op\":\"eq\",\"value_from\":\"identity.tenant\"}],\"limits\":["
                + "{\"counter\":\"a" + i + "\",\"window\":\"minute\",\"max\":60,\"scope\":\"grant\"},"
                + "{\"counter\":\"b" + i + "\",\"window\":\"day\",\"max\":600,\"scope\":\"global\"}]}";
    }

    @Test
    void tenThousandEntriesMayShareOneCounter() {
        String limits = "{\"limits\":[{\"counter\":\"shared\",\"window\":\"day\",\"max\":5,\"scope\":\"grant\"}]}";
        String document = HEAD
                + IntStream.range(0, 10_000)
                        .mapToObj(i -> "\"t" + i + "\":" + limits)
                        .collect(Collectors.joining(","))
                + "}}";

        assertThat(assertTimeoutPreemptively(HANG, () -> PolicyParser.standard().parse(document)))
                .isInstanceOf(ParseResult.Parsed.class);
    }

    @Test
    void aMillionFaultsAreToldAsAThousandAndThatThereAreMore() {
        String unknown = "{"
                + IntStream.range(0, 1_000_000)
                        .mapToObj(i -> "\"k" + i + "\":1")
                        .collect(Collectors.joining(","))
                + "}";
        String twice = "{" + "\"a\":1,".repeat(1_000_000) + "\"a\":1}";

        for (String document : new String[] {unknown, twice}) {
            ParseResult.Rejected rejected = rejected(document);
            assertThat(rejected.problems()).hasSize(ProblemLog.MAX_PROBLEMS + 1);
            assertThat(rejected.problems()).extracting(Problem::code).contains(Code.TOO_MANY_PROBLEMS);
        }
    }

    @Test
    void depthWithoutEndIsOneProblem() {
        assertThat(rejected("[".repeat(16 * 1024 * 1024)).problems())
                .extracting(Problem::code)
                .containsExactly(Code.TOO_DEEP);
        assertThat(rejected("{\"a\":".repeat(3 * 1024 * 1024)).problems())
                .extracting(Problem::code)
                .containsExactly(Code.TOO_DEEP);
    }

    @Test
    void aFaultInALineOfAMegabyteIsShownInBoundedWidth() {
        String document = "{\"version\":\"1\",\"default\":\"deny\",\"description\":\"" + "x".repeat(500_000)
                + "\",\"tols\":{},\"$schema\":\"" + "y".repeat(500_000) + "\"}";

        String report = rejected(document).report();

        assertThat(report).contains("unknown key `tols`", "did you mean `tools`?");
        assertThat(report.lines()).allMatch(line -> line.length() < 160);
    }

    @Test
    void sixteenMebibytesAreReadAndOneByteMoreIsNot(@TempDir Path folder) throws Exception {
        String most = "{\"a\":\"" + "x".repeat(PolicyParser.MAX_BYTES - 8) + "\"}";
        String tooMuch = most + " ";
        Path file = Files.writeString(folder.resolve("policy.json"), tooMuch);

        assertThat(rejected(most).problems()).extracting(Problem::code).doesNotContain(Code.TOO_LARGE);
        assertThat(rejected(tooMuch).problems()).extracting(Problem::code).containsExactly(Code.TOO_LARGE);
        for (ParseResult result : new ParseResult[] {
            PolicyParser.standard().parse(tooMuch.getBytes(StandardCharsets.UTF_8)),
            PolicyParser.standard().parse(file)
        }) {
            assertThat(((ParseResult.Rejected) result).problems())
                    .extracting(Problem::code)
                    .containsExactly(Code.TOO_LARGE);
        }
    }

    private static ParseResult.Rejected rejected(String document) {
        ParseResult result =
                assertTimeoutPreemptively(HANG, () -> PolicyParser.standard().parse(document));
        assertThat(result).isInstanceOf(ParseResult.Rejected.class);
        return (ParseResult.Rejected) result;
    }
}
