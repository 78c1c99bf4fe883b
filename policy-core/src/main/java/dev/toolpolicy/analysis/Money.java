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
import java.util.ArrayList;
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

    private static final int DEEPEST = 6;

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
            for (CallPath path : moneyOf(entry, subject)) {
                boolean bounded = with.stream()
                        .anyMatch(part -> subject.reach().facts(part).bounded().contains(path));
                if (!bounded && !isBounded(path, entry)) note(entry, path, notes);
            }
        }
    }

    /** The arguments that are named so: in rules, in the policy's schema, in what the server lists. */
    private static Set<CallPath> moneyOf(Section entry, Subject subject) {
        Set<CallPath> paths = new LinkedHashSet<>();
        for (PlacedTest test : Subject.tests(entry.rules())) {
            if (isMoney(test.path()) && mayBeNumber(test.test())) paths.add(test.path());
        }
        add(entry.tool().orElseThrow().argumentsSchema().json(), List.of(), paths);
        subject.served().ifPresent(served -> {
            for (ServerTool tool : served.of(entry))
                if (!NameVerbs.isReading(tool.name())) add(tool.inputSchema(), List.of(), paths);
        });
        return paths;
    }

    private static void add(@Nullable Object schema, List<CallPath.Step> at, Set<CallPath> paths) {
        if (!(schema instanceof Map<?, ?> words) || at.size() > DEEPEST) return;
        CallPath here = new CallPath(CallPath.Root.ARGS, at);
        if (isMoney(here) && mayBeNumber(words)) paths.add(here);
        if (words.get("properties") instanceof Map<?, ?> properties) {
            properties.forEach((name, property) -> {
                if (name instanceof String key) add(property, with(at, new CallPath.Key(key)), paths);
            });
        }
        if (words.containsKey("items")) add(words.get("items"), with(at, CallPath.Each.EACH), paths);
    }

    private static List<CallPath.Step> with(List<CallPath.Step> steps, CallPath.Step last) {
        List<CallPath.Step> longer = new ArrayList<>(steps);
        longer.add(last);
        return longer;
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

    private static boolean mayBeNumber(Map<?, ?> words) {
        return "number".equals(words.get("type")) || "integer".equals(words.get("type"));
    }

    private static boolean isMoney(CallPath path) {
        if (path.root() != CallPath.Root.ARGS || path.steps().isEmpty()) return false;
        if (!(path.steps().get(path.steps().size() - 1) instanceof CallPath.Key key)) return false;
        List<String> words = NameVerbs.words(key.name());
        return words.stream().anyMatch(NAMES::contains) && !OTHERS.contains(words.get(words.size() - 1));
    }

    /** By the policy's own schema. */
    private static boolean isBounded(CallPath path, Section entry) {
        Object here = entry.tool().orElseThrow().argumentsSchema().json();
        for (CallPath.Step step : path.steps()) {
            if (!(here instanceof Map<?, ?> words)) return false;
            if (SchemaWords.isElsewhere(words)) return true;
            Object inner = step instanceof CallPath.Key ? words.get("properties") : words;
            String name = step instanceof CallPath.Key key ? key.name() : "items";
            here = inner instanceof Map<?, ?> members ? members.get(name) : null;
        }
        return here instanceof Map<?, ?> own
                && (SchemaWords.isElsewhere(own) || BOUNDS.stream().anyMatch(own::containsKey));
    }

    private static void note(Section entry, CallPath path, Notes notes) {
        notes.add(
                Code.UNBOUNDED_MONEY,
                entry.pointer(),
                "by its name " + Shown.quoted(shown(path)) + " is money, and nothing here bounds it",
                "require `{ \"path\": " + Json.canonical(Json.shown(path.toString()))
                        + ", \"op\": \"lte\", \"value\": … }`"
                        + (path.everyElement() ? "" : ", or count it in a limit by `amount`"));
    }

    /** An argument by its name alone, what lies below one by all of its path. */
    private static String shown(CallPath path) {
        boolean plain = path.steps().size() == 1 && path.steps().get(0) instanceof CallPath.Key;
        return plain ? ((CallPath.Key) path.steps().get(0)).name() : path.toString();
    }
}
