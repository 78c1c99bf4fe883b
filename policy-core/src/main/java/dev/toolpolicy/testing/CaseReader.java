package dev.toolpolicy.testing;

import dev.toolpolicy.Identity;
import dev.toolpolicy.Reason;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.spi.Suggestion;
import dev.toolpolicy.testing.Fields.Broken;
import dev.toolpolicy.testing.Fields.Element;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one case: what is given, when something happens, what is said then. */
final class CaseReader {
    private static final List<String> CASE_KEYS =
            List.of("name", "description", "given", "at", "when", "repeat", "then", "steps");
    private static final List<String> STEP_KEYS =
            List.of("name", "given", "at", "when", "repeat", "then", "approve", "reject", "reload");
    private static final List<String> WITH_ANY_STEP = List.of("name", "at");
    private static final List<String> GIVEN_KEYS = List.of("grant", "session", "attributes");
    private static final List<String> WHEN_KEYS = List.of("tool", "arguments", "arguments_json");
    private static final List<String> THEN_KEYS =
            List.of("decision", "code", "rule", "message", "counter", "max", "remaining", "retry_after");
    private static final List<String> OF_LIMITS = List.of("counter", "max", "remaining", "retry_after");
    private static final int MAX_REPEAT = 1_000_000;

    private static final String NAME_EXAMPLE = "say in one sentence what the case shows";
    private static final String CALL_EXAMPLE = "add `\"when\": { \"tool\": \"create_charge\" }`";
    private static final String THEN_EXAMPLE =
            "add `\"then\": \"allow\"`, or `{ \"decision\": \"deny\", \"rule\": … }`";
    static final Supplier<Identity> AGENT = () -> Identity.of("agent");

    private final PolicyReader policies;

    /** Reads the policies that a step brings into force. */
    @FunctionalInterface
    interface PolicyReader {
        Served.Policies read(@Nullable Object json, Pointer at);
    }

    CaseReader(PolicyReader policies) {
        this.policies = policies;
    }

    /** What is known of a case before its steps. */
    record Read(String name, Optional<Step.When> turned, List<Step> steps) {}

    /** The case; the caller is whoever the file has, unless it says otherwise. */
    Read read(Element json, Supplier<Identity> everybody) {
        Fields fields = Fields.of(json.json(), json.at(), "a case", CASE_KEYS);
        fields.require("name", NAME_EXAMPLE);
        String name = fields.text("name").orElse("");
        if (name.isBlank()) throw new Broken(fields.at("name"), "the name is blank", NAME_EXAMPLE);
        fields.text("description");
        Supplier<Identity> who = who(fields, everybody);
        if (!fields.has("steps")) return new Read(name, Optional.empty(), List.of(call(fields, who, "")));
        fields.either("steps", "when");
        fields.either("steps", "then");
        fields.either("steps", "repeat");
        List<Step> steps = new ArrayList<>();
        for (Element step : fields.elements("steps")) steps.add(step(step, who));
        if (steps.stream().noneMatch(Step.Call.class::isInstance)) {
            throw new Broken(fields.at("steps"), "no step of this case is a call, so it tests nothing", CALL_EXAMPLE);
        }
        return new Read(name, at(fields), steps);
    }

    private Step step(Element json, Supplier<Identity> everybody) {
        Fields fields = Fields.of(json.json(), json.at(), "a step", STEP_KEYS);
        String name = fields.text("name").orElse("");
        for (String other : List.of("approve", "reject", "reload")) {
            if (!fields.has(other)) continue;
            for (String key : STEP_KEYS) {
                if (!key.equals(other) && !WITH_ANY_STEP.contains(key)) fields.either(other, key);
            }
            if (other.equals("reload"))
                return new Step.Reload(json.at(), at(fields), policies.read(fields.get(other), fields.at(other)));
            return new Step.Answer(
                    json.at(),
                    at(fields),
                    other.equals("approve"),
                    fields.text(other).orElse(""));
        }
        return call(fields, who(fields, everybody), name);
    }

    private static Step.Call call(Fields fields, Supplier<Identity> who, String name) {
        fields.require("when", CALL_EXAMPLE);
        fields.require("then", THEN_EXAMPLE);
        return new Step.Call(
                fields.at(),
                name,
                at(fields),
                attempt(Fields.of(fields.get("when"), fields.at("when"), "a call", WHEN_KEYS), who),
                fields.count("repeat", MAX_REPEAT).orElse(1),
                then(fields));
    }

    private static Optional<Step.When> at(Fields fields) {
        return fields.read(
                "at",
                text -> Spans.instant(text, Instant.EPOCH).map(instant ->
                        (Step.When) now -> Spans.instant(text, now).orElseThrow(() -> new DateTimeException(text))),
                "an instant, or a span from now",
                "write `2026-01-01T12:00:00Z`, or `+30s`, `+1h30m`");
    }

    private static Scene.Attempt attempt(Fields when, Supplier<Identity> who) {
        when.require("tool", "say which tool is called: " + CALL_EXAMPLE);
        when.either("arguments", "arguments_json");
        String tool = when.text("tool").orElse("");
        Optional<String> text = when.text("arguments_json");
        if (text.isPresent()) return new Scene.Attempt(tool, who, caller -> ToolCall.parse(caller, tool, text.get()));
        Map<String, Object> arguments = when.object("arguments").orElse(Map.of());
        return new Scene.Attempt(tool, who, caller -> ToolCall.of(caller, tool, arguments));
    }

    /** Who calls, made when the call is: one that cannot be is a malformed call. */
    static Supplier<Identity> who(Fields fields, Supplier<Identity> everybody) {
        if (!fields.has("given")) return everybody;
        Fields given = Fields.of(fields.get("given"), fields.at("given"), "who calls", GIVEN_KEYS);
        given.require("grant", "say who calls: `\"given\": { \"grant\": \"alice\" }`");
        Optional<String> grant = textOrNull(given, "grant");
        boolean hasSession = given.has("session");
        Optional<String> session = textOrNull(given, "session");
        Map<String, Object> attributes = given.object("attributes").orElse(Map.of());
        attributes.forEach(
                (name, value) -> requireAttribute(given.at("attributes").member(name), value));
        return () -> {
            Identity identity = Identity.of(grant.orElse(null));
            if (hasSession) identity = identity.withSession(session.orElse(null));
            for (Map.Entry<String, Object> attribute : attributes.entrySet()) {
                identity = with(identity, attribute.getKey(), attribute.getValue());
            }
            return identity;
        };
    }

    /** A host may have lost who calls: null is a caller that no call can be made for. */
    private static Optional<String> textOrNull(Fields fields, String key) {
        return fields.get(key) == null ? Optional.empty() : fields.text(key);
    }

    private static void requireAttribute(Pointer at, @Nullable Object value) {
        boolean texts = value instanceof List<?> list
                && list.stream().allMatch(element -> element == null || element instanceof String);
        if (value == null || value instanceof String || texts) return;
        throw new Broken(at, "an attribute is a text, or a list of texts", "hosts can give an identity nothing else");
    }

    private static Identity with(Identity identity, String name, @Nullable Object value) {
        if (value instanceof List<?> several) {
            return identity.with(name, several.stream().map(String.class::cast).toList());
        }
        return identity.with(name, (String) value);
    }

    private static Told then(Fields fields) {
        if (fields.get("then") instanceof String word) return decision(word, fields.at("then"));
        Fields then = Fields.of(fields.get("then"), fields.at("then"), "what is expected", THEN_KEYS);
        then.require("decision", THEN_EXAMPLE);
        String word =
                decision(then.text("decision").orElse(""), then.at("decision")).word();
        if (!word.equals(Told.DENY)) refuse(then, List.of("code"), word);
        if (!word.equals(Told.RATE_LIMITED)) refuse(then, OF_LIMITS, word);
        if (word.equals(Told.ALLOW)) refuse(then, List.of("message"), word);
        return new Told(
                word,
                then.read("code", CaseReader::code, "the code of a denial", hintForCode(then)),
                then.text("rule"),
                then.text("message"),
                then.text("counter"),
                then.number("max"),
                then.number("remaining"),
                then.read("retry_after", Spans::parse, "a span of time", Spans.EXAMPLE));
    }

    private static Told decision(String word, Pointer at) {
        if (Told.WORDS.contains(word)) return Told.only(word);
        throw new Broken(at, "there is no such decision", Suggestion.of("decisions", word, Told.WORDS));
    }

    private static Optional<Reason.Code> code(String name) {
        return Arrays.stream(Reason.Code.values())
                .filter(code -> code.name().equals(name))
                .findFirst();
    }

    private static String hintForCode(Fields then) {
        List<String> codes = Arrays.stream(Reason.Code.values()).map(Enum::name).toList();
        return Suggestion.of("codes", then.get("code") instanceof String name ? name : "", codes);
    }

    /** What such a decision never says would be expected in vain. */
    private static void refuse(Fields then, List<String> keys, String word) {
        for (String key : keys) {
            if (then.has(key)) {
                throw new Broken(then.at(key), "`" + word + "` has no `" + key + "`", "remove `" + key + "`");
            }
        }
    }
}
