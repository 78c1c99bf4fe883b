package dev.toolpolicy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.toolpolicy.Fuzzing;
import dev.toolpolicy.document.ParseResult.Parsed;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Bytes that may be a policy. */
class PolicyBytesFuzz {
    private static final JsonFactory STRICT = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    static Stream<byte[]> corpus() {
        return Fuzzing.seeds(() -> Mutations.corpus().stream());
    }

    @MethodSource("corpus")
    @FuzzTest
    void anyBytesAreAPolicyOrItIsSaidWhyTheyAreNone(byte[] document) throws IOException {
        ParseResult result = Fuzzing.bounded(() -> ParserLaws.PARSER.parse(document));
        ParserLaws.assertLawful(result, new String(document, UTF_8));
        if (result instanceof Parsed) assertIsJson(document);
    }

    /** By Jackson alone, which throws at a key that is there twice and at what is not JSON. */
    private static void assertIsJson(byte[] document) throws IOException {
        try (JsonParser parser = STRICT.createParser(new String(document, UTF_8))) {
            parser.nextToken();
            parser.skipChildren();
            assertThat(parser.nextToken()).isNull();
        }
    }
}
