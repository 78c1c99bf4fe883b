package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.spi.ArgumentValidator;
import dev.toolpolicy.spi.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** One compiled schema judges calls of any number of threads, each by itself. */
class ThreadsTest {
    private static final int THREADS = 8;
    private static final int CALLS = 2_000;

    @Test
    void threadsThatShareASchemaGetTheAnswersOfOne() throws Exception {
        ArgumentValidator validator = Schemas.validator("""
                {
                  "properties": {
                    "kind": { "enum": ["a", "b"] },
                    "n": { "type": "number", "multipleOf": 0.01, "maximum": 10 },
                    "tags": { "items": { "type": "string", "pattern": "^[a-z]+$", "format": "hostname" }, "uniqueItems": true },
                    "child": { "anyOf": [ { "$ref": "#" }, { "type": "null" } ] }
                  },
                  "additionalProperties": false,
                  "if": { "required": ["child"] }, "then": { "required": ["n"] }
                }
                """);
        List<Map<String, Object>> calls = new ArrayList<>();
        List<List<Violation>> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String call = "{\"kind\": \"" + (i % 3 == 0 ? "c" : "a") + "\", \"n\": " + i / 4.0
                    + ", \"tags\": [\"x\", \"" + (i % 4 == 0 ? "x" : i % 4 == 1 ? "Y" : "z") + "\"], \"child\": "
                    + (i % 5 == 0 ? "{\"n\": " + i + "}" : "null") + "" + (i % 7 == 0 ? ", \"more\": 1" : "") + "}";
            calls.add(Schemas.call(call).arguments());
            expected.add(validator.validate(calls.get(i)));
        }
        assertThat(expected).anyMatch(List::isEmpty).anyMatch(violations -> violations.size() > 2);
        ExecutorService pool = Executors.newFixedThreadPool(THREADS);
        try {
            CyclicBarrier together = new CyclicBarrier(THREADS);
            List<Future<Integer>> results = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int first = t;
                results.add(pool.submit(() -> {
                    together.await();
                    int wrong = 0;
                    for (int i = 0; i < CALLS; i++) {
                        int call = (first * 7 + i) % calls.size();
                        if (!validator.validate(calls.get(call)).equals(expected.get(call))) wrong++;
                    }
                    return wrong;
                }));
            }
            for (Future<Integer> result : results) assertThat(result.get()).isZero();
        } finally {
            pool.shutdownNow();
        }
    }
}
