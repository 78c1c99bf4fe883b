package dev.toolpolicy.document;

import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.ArgumentValidatorFactory;
import dev.toolpolicy.spi.Findings;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A factory that knows four words of JSON Schema at the root, and enforces none: enough to see what the parser does with findings. */
final class FourWords implements ArgumentValidatorFactory {
    private static final Set<String> WORDS = Set.of("type", "required", "properties", "additionalProperties");

    /** The parser that a corpus file is meant for. */
    static PolicyParser parserFor(String fileName) {
        return fileName.startsWith("validator-") ? PolicyParser.with(new FourWords()) : PolicyParser.standard();
    }

    @Override
    public ArgumentValidator compile(Object schema, Findings findings) {
        if (schema instanceof Map<?, ?> words) {
            for (Object word : words.keySet()) {
                if (WORDS.contains(word)) continue;
                String pointer = "/" + word.toString().replace("~", "~0").replace("/", "~1");
                findings.report(pointer, "unknown word", "remove it");
            }
        }
        return arguments -> List.of();
    }
}
