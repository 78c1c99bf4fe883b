package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Condition.Test;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import dev.toolpolicy.json.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Arguments that are money by their names, which no rule, schema or limit bounds from above. */
final class Money implements Check {
    private static final Set<String> NAMES = Set.of(
            "amount",
            "price",
            "total",
            "cost",
            "fee",
            "lamports",
            "sats",
            "wei",
            "cents",
            "usd",
            "eur",
            "budget",
            "payment",
            "deposit");
    /** What ends in one of these says whose, which or how many: `price_id`, `payment_method`, `total_count`. */
    private static final Set<String> OTHERS = Set.of(
            "id",
            "ids",
            "key",
            "ref",
            "reference",
            "code",
            "name",
            "label",
            "note",
            "memo",
            "description",
            "reason",
            "method",
            "methods",
            "intent",
            "type",
            "kind",
            "mode",
            "status",
            "state",
            "plan",
            "tier",
            "term",
            "terms",
            "center",
            "centre",
            "currency",
            "symbol",
            "token",
            "mint",
            "oracle",
            "feed",
            "provider",
            "payer",
            "account",
            "address",
            "recipient",
            "link",
            "url",
            "hash",
            "date",
            "time",
            "day",
            "days",
            "at",
            "by",
            "count",
            "pages",
            "page",
            "items",
            "results",
            "rows",
            "size",
            "length",
            "seconds",
            "steps",
            "retries",
            "attempts");

    private static final List<String> BOUNDS = List.of("maximum", "exclusiveMaximum", "enum", "const");

    @Override
    public void look(Subject subject, Notes notes) {
        for (Section entry : subject.entries()) {
            // A bound of what is searched for is none of what is paid.
            if (!subject.reach().isOpen(entry)
                    || NameVerbs.isReading(entry.tools().get(0).text())) continue;
            if (entry.tool().orElseThrow().action() == Action.REQUIRE_APPROVAL) continue;
            List<Section> with = subject.reach().with(entry);
            if (with.stream().anyMatch(part -> subject.reach().facts(part).asksAlways())) continue;
            for (String name : moneyOf(entry, subject)) {
                boolean bounded = with.stream()
                        .anyMatch(part -> subject.reach().facts(part).bounded().contains(name));
                if (!bounded && !isBounded(name, entry)) note(entry, name, notes);
            }
        }
    }

    /** The top-level arguments that are named so: in rules, in the policy's schema, in what the server lists. */
    private static Set<String> moneyOf(Section entry, Subject subject) {
        Set<String> names = new LinkedHashSet<>();
        for (PlacedTest test : Subject.tests(entry.rules())) {
            String name = Facts.argument(test.path());
            if (name != null && isMoney(name) && mayBeNumber(test.test())) names.add(name);
        }
        add(entry.tool().orElseThrow().argumentsSchema().json(), names);
        subject.served().ifPresent(served -> {
            for (ServerTool tool : served.of(entry))
                if (!NameVerbs.isReading(tool.name())) add(tool.inputSchema(), names);
        });
        return names;
    }

    private static void add(@Nullable Object schema, Set<String> names) {
        if (!(schema instanceof Map<?, ?> words) || !(words.get("properties") instanceof Map<?, ?> properties)) return;
        for (Object name : properties.keySet()) {
            if (name instanceof String text && isMoney(text) && mayBeNumber(properties.get(name))) names.add(text);
        }
    }

    /** By what is asked of it: who compares it with a text does not take it for a number. */
    private static boolean mayBeNumber(Test test) {
        return switch (test.operator()) {
            case STARTS_WITH, ENDS_WITH, CONTAINS, PATH_WITHIN, HOST_IN -> false;
            case EQ, NEQ, IN, NOT_IN ->
                !(test.operand() instanceof Value)
                        || !Meaning.where(test, Says.TRUE | Says.FALSE)
                                .numbers()
                                .isEmpty();
            default -> true;
        };
    }

    private static boolean mayBeNumber(@Nullable Object schema) {
        if (!(schema instanceof Map<?, ?> words)) return false;
        return "number".equals(words.get("type")) || "integer".equals(words.get("type"));
    }

    private static boolean isMoney(String name) {
        List<String> words = NameVerbs.words(name);
        return words.stream().anyMatch(NAMES::contains) && !OTHERS.contains(words.get(words.size() - 1));
    }

    /** By the policy's own schema. */
    private static boolean isBounded(String name, Section entry) {
        Object schema = entry.tool().orElseThrow().argumentsSchema().json();
        if (!(schema instanceof Map<?, ?> words)) return false;
        if (SchemaWords.isElsewhere(words)) return true;
        Object property = words.get("properties") instanceof Map<?, ?> properties ? properties.get(name) : null;
        return property instanceof Map<?, ?> own
                && (SchemaWords.isElsewhere(own) || BOUNDS.stream().anyMatch(own::containsKey));
    }

    private static void note(Section entry, String name, Notes notes) {
        notes.add(
                Code.UNBOUNDED_MONEY,
                entry.pointer(),
                "by its name " + Shown.quoted(name) + " is money, and nothing here bounds it",
                "require `{ \"path\": " + path(name)
                        + ", \"op\": \"lte\", \"value\": … }`, or count it in a limit by `amount`");
    }

    private static String path(String name) {
        CallPath path = new CallPath(CallPath.Root.ARGS, List.of(new CallPath.Key(name)));
        return Json.canonical(Json.shown(path.toString()));
    }
}
