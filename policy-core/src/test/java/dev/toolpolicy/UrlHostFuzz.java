package dev.toolpolicy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.toolpolicy.Condition.Operator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A URL on the first line, and a host's pattern on each of the others. */
class UrlHostFuzz {
    static Stream<byte[]> urls() {
        return Fuzzing.seeds(() ->
                Alphabet.URLS.stream().map(url -> (url + "\nb.com\n*.b.com:8080\nhttp://[::1]:80").getBytes(UTF_8)));
    }

    @MethodSource("urls")
    @FuzzTest
    void aUrlLeadsWhereTheReferenceHasIt(byte[] input) {
        List<String> lines = List.of(new String(input, UTF_8).split("\n", -1));
        String url = lines.get(0);
        List<String> patterns = lines.stream()
                .skip(1)
                .limit(20)
                .filter(pattern -> HostPattern.fault(pattern).isEmpty())
                .toList();
        if (patterns.isEmpty()) return;
        Verdict said = Fuzzing.bounded(() -> Judged.said(Operator.HOST_IN, patterns, url));
        assertThat(said.name())
                .as("`%s` in %s", url, patterns)
                .isEqualTo(NaiveUrls.hostIn(url, patterns).name());
    }
}
