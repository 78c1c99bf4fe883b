package dev.toolpolicy.examples.gateway.peers;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.gateway.Started;
import dev.toolpolicy.json.JsonText;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What a client of the TypeScript SDK saw: what each step of a script came to, and every message. */
record Transcript(Map<?, ?> json) {
    private static final Duration LONGEST = Duration.ofMinutes(3);
    private static final int MOST_BYTES = 64 << 20;

    static Transcript of(String script, Connection connection) {
        return printedBy(NodePackages.node("transcript.mjs", script, connection.json()));
    }

    /** Of a client of the newest revision. */
    static Transcript modern(Connection connection) {
        return printedBy(NodePackages.node("modern.mjs", connection.json()));
    }

    private static Transcript printedBy(List<String> command) {
        try (Started client = Started.command(command)) {
            String line = client.next(LONGEST);
            assertThat(client.exitCode()).isZero();
            return new Transcript((Map<?, ?>) value(line));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same, meanwhile. */
    static CompletableFuture<Transcript> begin(String script, Connection connection) {
        return CompletableFuture.supplyAsync(() -> of(script, connection), work -> new Thread(work).start());
    }

    private static Object value(String line) {
        JsonText text = JsonText.read(line, MOST_BYTES);
        assertThat(text.sound()).as("%s", text.faults()).isTrue();
        return requireNonNull(text.value());
    }

    /** What a step came to. */
    Map<?, ?> step(String name) {
        return (Map<?, ?>) requireNonNull(steps().get(name), name);
    }

    Map<?, ?> steps() {
        return (Map<?, ?>) requireNonNull(json.get("steps"));
    }

    /** The places, as JSON Pointers, in which the two differ; of what only one has, its own. */
    Set<String> differences(Transcript other) {
        Set<String> places = new TreeSet<>();
        compare("", json, other.json, places);
        return places;
    }

    private static void compare(String at, @Nullable Object one, @Nullable Object other, Set<String> places) {
        if (one instanceof Map<?, ?> a && other instanceof Map<?, ?> b) {
            Set<Object> keys = new LinkedHashSet<>(a.keySet());
            keys.addAll(b.keySet());
            for (Object key : keys) {
                String there = at + "/" + key.toString().replace("~", "~0").replace("/", "~1");
                if (a.containsKey(key) && b.containsKey(key)) compare(there, a.get(key), b.get(key), places);
                else places.add(there);
            }
        } else if (one instanceof List<?> a && other instanceof List<?> b && a.size() == b.size()) {
            for (int i = 0; i < a.size(); i++) compare(at + "/" + i, a.get(i), b.get(i), places);
        } else if (one == null ? other != null : !one.equals(other)) {
            places.add(at);
        }
    }
}
