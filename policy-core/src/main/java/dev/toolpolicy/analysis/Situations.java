package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What may be found at the end of a path: nothing, a step that leads nowhere, or a value of some JSON type. The set may be larger
 * than what is meant: what is empty here is empty.
 *
 * @param missing whether there may be nothing
 * @param unreached whether a step of the path may meet another type than it needs
 * @param nul whether it may be null
 * @param yes whether it may be true
 * @param no whether it may be false
 * @param lists whether it may be a list
 * @param objects whether it may be an object
 */
record Situations(
        boolean missing,
        boolean unreached,
        boolean nul,
        boolean yes,
        boolean no,
        Numbers numbers,
        Texts texts,
        boolean lists,
        boolean objects) {
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "number", "integer", "string", "array", "object");
    private static final Situations MISSING_ONLY =
            new Situations(true, false, false, false, false, Numbers.NONE, Texts.NONE, false, false);
    private static final Situations UNREACHED_ONLY =
            new Situations(false, true, false, false, false, Numbers.NONE, Texts.NONE, false, false);

    /** Nothing is there. */
    static Situations missingOnly() {
        return MISSING_ONLY;
    }

    /** All that may be found there, of whatever call. */
    static Situations at(CallPath path) {
        return switch (path.root()) {
            case TOOL -> text(false);
            case IDENTITY -> ofIdentity(path);
            case ARGS -> ofArguments(path);
        };
    }

    /** A value of one of these types, in the words of JSON Schema; of any, if there is none that is known. */
    static Situations ofTypes(Collection<?> types) {
        boolean any = types.isEmpty() || !areTypes(types);
        boolean number = any || types.contains("number");
        Numbers numbers = number ? Numbers.ALL : types.contains("integer") ? Numbers.whole(true) : Numbers.NONE;
        boolean truth = any || types.contains("boolean");
        return new Situations(
                false,
                false,
                any || types.contains("null"),
                truth,
                truth,
                numbers,
                any || types.contains("string") ? Texts.ALL : Texts.NONE,
                any || types.contains("array"),
                any || types.contains("object"));
    }

    /** Whether all of them are types in the words of JSON Schema. */
    static boolean areTypes(Collection<?> types) {
        return types.stream().allMatch(type -> type instanceof String word && TYPES.contains(word));
    }

    /** One of these values. */
    static Situations oneOf(List<?> values) {
        Set<String> texts = new HashSet<>();
        Set<BigDecimal> numbers = new HashSet<>();
        for (Object value : values) {
            if (value instanceof String text) texts.add(text);
            if (value instanceof Number number) numbers.add(Json.decimal(number));
        }
        return new Situations(
                false,
                false,
                values.stream().anyMatch(Objects::isNull),
                values.contains(true),
                values.contains(false),
                Numbers.only(numbers),
                Texts.only(texts),
                values.stream().anyMatch(List.class::isInstance),
                values.stream().anyMatch(Map.class::isInstance));
    }

    private static Situations ofIdentity(CallPath path) {
        String attribute = ((CallPath.Key) path.steps().get(0)).name();
        if (attribute.equals("grant")) return text(false);
        if (attribute.equals("session")) return text(true);
        boolean element = path.steps().size() > 1;
        return new Situations(true, element, false, false, false, Numbers.NONE, Texts.ALL, !element, false);
    }

    private static Situations ofArguments(CallPath path) {
        if (path.steps().isEmpty()) {
            return new Situations(false, false, false, false, false, Numbers.NONE, Texts.NONE, false, true);
        }
        // The arguments are an object, whose members have names and no indexes.
        if (!(path.steps().get(0) instanceof CallPath.Key)) return UNREACHED_ONLY;
        boolean member = path.steps().size() == 1;
        return new Situations(true, !member, true, true, true, Numbers.ALL, Texts.ALL, true, true);
    }

    private static Situations text(boolean missing) {
        return new Situations(missing, false, false, false, false, Numbers.NONE, Texts.ALL, false, false);
    }

    /** What is in both. */
    Situations and(Situations other) {
        return new Situations(
                missing && other.missing,
                unreached && other.unreached,
                nul && other.nul,
                yes && other.yes,
                no && other.no,
                numbers.and(other.numbers),
                texts.and(other.texts),
                lists && other.lists,
                objects && other.objects);
    }

    boolean isEmpty() {
        boolean something = missing || unreached || nul || yes || no || lists || objects;
        return !something && numbers.isEmpty() && texts.isEmpty();
    }
}
