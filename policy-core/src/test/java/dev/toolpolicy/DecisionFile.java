package dev.toolpolicy;

import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A file of the decision corpus: a policy, or one for each grant, and calls with what is to be decided of each.
 *
 * <p>It is read as strictly as a policy is: a key that is not known here fails the test.
 */
record DecisionFile(String name, PolicySource source, List<DecisionCase> cases) {
    static final Path CORPUS = Path.of("src/test/resources/decisions");

    private static final int MAX_BYTES = 1024 * 1024;
    private static final Map<String, Object> NOBODY_IN_PARTICULAR = Map.of("grant", "agent");

    static List<DecisionFile> all() {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.sorted().map(DecisionFile::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DecisionFile read(Path file) {
        String name = file.getFileName().toString().replace(".json", "");
        try {
            JsonText text = JsonText.read(Files.readAllBytes(file), MAX_BYTES);
            if (!text.sound()) throw new IllegalArgumentException(text.faults().toString());
            return of(name, object(text.value()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    private static DecisionFile of(String name, Map<String, Object> file) {
        keys(file, Set.of("description", "cases"), Set.of("policy", "policies", "given", "at"));
        if (file.containsKey("policy") == file.containsKey("policies"))
            throw new IllegalArgumentException("write either `policy` or `policies`");
        PolicySource source = file.containsKey("policy")
                ? PolicySource.of(policy(file.get("policy")))
                : PolicySource.byGrant(object(file.get("policies")).entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, grant -> policy(grant.getValue()))));
        Map<String, Object> who = file.containsKey("given") ? object(file.get("given")) : NOBODY_IN_PARTICULAR;
        List<DecisionCase> cases = new ArrayList<>();
        for (Object element : (List<?>) file.get("cases")) addCases(object(element), who, cases);
        if (cases.stream().map(DecisionCase::name).distinct().count() < cases.size())
            throw new IllegalArgumentException("two cases have one name");
        return new DecisionFile(name, source, cases);
    }

    private static Policy policy(Object document) {
        return PolicyParser.with(new TinySchema()).parse(inOrder(document)).orThrow();
    }

    /** A case, or each step of it that is a call: what a person answers belongs to the call before. */
    private static void addCases(Map<String, Object> written, Map<String, Object> who, List<DecisionCase> cases) {
        if (!written.containsKey("steps")) {
            cases.add(readCase(written, who, Optional.empty()));
            return;
        }
        keys(written, Set.of("name", "steps"), Set.of());
        List<Map<String, Object>> steps = new ArrayList<>();
        for (Object step : (List<?>) written.get("steps")) steps.add(object(step));
        for (int i = 0; i < steps.size(); i++) {
            if (isAnswer(steps.get(i))) continue;
            Optional<String> answer = i + 1 < steps.size() && isAnswer(steps.get(i + 1))
                    ? steps.get(i + 1).keySet().stream().findFirst()
                    : Optional.empty();
            cases.add(readCase(steps.get(i), who, answer));
        }
    }

    private static boolean isAnswer(Map<String, Object> step) {
        return step.equals(Map.of("approve", "carol")) || step.equals(Map.of("reject", "carol"));
    }

    private static DecisionCase readCase(
            Map<String, Object> written, Map<String, Object> everybody, Optional<String> answer) {
        keys(written, Set.of("name", "when", "then"), Set.of("given", "at"));
        Map<String, Object> who = written.containsKey("given") ? object(written.get("given")) : everybody;
        keys(who, Set.of("grant"), Set.of("session", "attributes"));
        Map<String, Object> call = object(written.get("when"));
        keys(call, Set.of("tool"), Set.of("arguments", "arguments_json"));
        if (call.containsKey("arguments") && call.containsKey("arguments_json"))
            throw new IllegalArgumentException("write either `arguments` or `arguments_json`");
        Map<String, Object> expect = object(written.get("then"));
        String decision = (String) expect.get("decision");
        boolean limited = "rate_limited".equals(decision);
        switch (decision) {
            case "allow" -> keys(expect, Set.of("decision"), Set.of("rule"));
            case "deny" -> keys(expect, Set.of("decision", "code"), Set.of("rule", "message"));
            case "rate_limited" ->
                keys(
                        expect,
                        Set.of("decision"),
                        Set.of("rule", "message", "counter", "max", "remaining", "retry_after"));
            case "needs_approval" -> keys(expect, Set.of("decision"), Set.of("rule", "message"));
            default ->
                throw new IllegalArgumentException("a decision is `allow`, `deny`, `rate_limited` or `needs_approval`");
        }
        return new DecisionCase(
                (String) written.get("name"),
                who,
                (String) call.get("tool"),
                Optional.ofNullable((String) call.get("arguments_json")),
                Optional.ofNullable(call.get("arguments")).map(DecisionFile::object),
                Optional.ofNullable((String) written.get("at")).map(Instant::parse),
                Optional.ofNullable((String) expect.get("code")).map(Reason.Code::valueOf),
                limited ? Optional.of(limited(expect)) : Optional.empty(),
                "needs_approval".equals(decision),
                answer,
                Optional.ofNullable((String) expect.get("rule")),
                Optional.ofNullable((String) expect.get("message")));
    }

    private static DecisionCase.Limited limited(Map<String, Object> expect) {
        return new DecisionCase.Limited(
                Optional.ofNullable((String) expect.get("counter")),
                Optional.ofNullable((Number) expect.get("max")).map(Json::decimal),
                Optional.ofNullable((Number) expect.get("remaining")).map(Json::decimal),
                Optional.ofNullable((String) expect.get("retry_after")).map(DecisionFile::span));
    }

    /** A span as the corpus writes it, {@code 1m30s} or in the units below a second alone. */
    private static Duration span(String text) {
        if (text.endsWith("ns")) return Duration.ofNanos(Long.parseLong(text.substring(0, text.length() - 2)));
        int millis = text.endsWith("ms") ? text.indexOf('s') + 1 : text.length();
        Duration whole = Duration.parse("PT" + text.substring(0, millis));
        return millis == text.length()
                ? whole
                : whole.plusMillis(Long.parseLong(text.substring(millis, text.length() - 2)));
    }

    private static void keys(Map<String, Object> object, Set<String> required, Set<String> optional) {
        for (String key : required) {
            if (!object.containsKey(key)) throw new IllegalArgumentException("missing key `" + key + "` in " + object);
        }
        for (String key : object.keySet()) {
            if (!required.contains(key) && !optional.contains(key))
                throw new IllegalArgumentException("unknown key `" + key + "` in " + object);
        }
    }

    private static Map<String, Object> object(Object json) {
        Map<String, Object> members = new LinkedHashMap<>();
        ((Map<?, ?>) json).forEach((key, value) -> members.put((String) key, value));
        return members;
    }

    /** The value as text, with keys in the order in which they were written: the order of a policy's parts matters. */
    private static String inOrder(Object json) {
        if (json instanceof Map<?, ?> object) {
            return object.entrySet().stream()
                    .map(member -> Json.canonical(member.getKey()) + ":" + inOrder(member.getValue()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (json instanceof List<?> list)
            return list.stream().map(DecisionFile::inOrder).collect(Collectors.joining(",", "[", "]"));
        return Json.canonical(json);
    }
}
