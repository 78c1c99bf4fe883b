package dev.toolpolicy.document;

import dev.toolpolicy.document.ProxyRules.Rule;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns rate limits and counters of the proxy into limits of ours, and keeps the counters of its tools apart. */
final class ProxyLimits {
    /** {@code 30/hour}, read. */
    record Rate(long max, String window) {}

    private static final Pattern RATE =
            Pattern.compile("\\s*+([0-9]{1,16})\\s*+/\\s*+(second|minute|hour|day)\\s*+", Pattern.CASE_INSENSITIVE);
    private static final BigDecimal MOST = BigDecimal.valueOf(1L << 53);
    private static final int LONGEST_COUNTER = 120; // of our 128; the rest tells counters of one name apart

    private final ProxyNotes notes;
    private final Set<String> counters = new HashSet<>();

    ProxyLimits(ProxyNotes notes) {
        this.notes = notes;
    }

    static Optional<Rate> rate(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            return Optional.empty();
        }
        String window = rate.group(2).toLowerCase(Locale.ROOT);
        long max = Long.parseLong(rate.group(1));
        return max >= 1 && max <= most(window) ? Optional.of(new Rate(max, window)) : Optional.empty();
    }

    /** The most that a limit over one of our named windows may admit, one for each nanosecond; 0 for other names. */
    private static long most(@Nullable Object window) {
        return switch (String.valueOf(window)) {
            case "second" -> 1_000_000_000L;
            case "minute" -> 60_000_000_000L;
            case "hour" -> 3_600_000_000_000L;
            case "day" -> 86_400_000_000_000L;
            default -> 0;
        };
    }

    /** Keeps clear of what an entry that is in our form already counts. */
    void reserve(String entry, @Nullable Object rules) {
        counters.add(entry + "_rate");
        if (rules instanceof Map<?, ?> lists && lists.get("limits") instanceof List<?> limits) {
            for (Object limit : limits) {
                if (limit instanceof Map<?, ?> keys && keys.get("counter") instanceof String counter) {
                    counters.add(counter);
                }
            }
        }
    }

    /** The limit that a rule's {@code rate_limit} stands for; its {@code max} is above 0. */
    Optional<Map<String, Object>> ofRate(Rule rule) {
        Object written = rule.keys().get("rate_limit");
        Optional<Rate> rate = written instanceof String text ? rate(text) : Optional.empty();
        if (rate.isEmpty()) {
            notes.leftOut(rule.pointer() + "/rate_limit", "not of the form `5/hour`");
        }
        return rate.map(r -> limit(rule, "calls_per_" + r.window(), r.window(), r.max()));
    }

    /** How far the rule's own counter may go, if that is what this condition says. */
    static OptionalLong bound(Rule rule, @Nullable Object condition) {
        if (!(condition instanceof Map<?, ?> test) || !(rule.keys().get("state") instanceof Map<?, ?> state)) {
            return OptionalLong.empty();
        }
        String scope = rule.ofAllTools() ? "_global" : rule.tool();
        Optional<BigDecimal> value = number(test.get("value"));
        if (value.isEmpty() || !("state." + scope + "." + state.get("counter")).equals(test.get("path"))) {
            return OptionalLong.empty();
        }
        long whole = value.get().compareTo(BigDecimal.ONE) < 0
                ? 0
                : value.get().min(MOST).longValue();
        if ("lte".equals(test.get("op"))) {
            return OptionalLong.of(whole);
        }
        return "lt".equals(test.get("op")) ? OptionalLong.of(Math.max(whole - 1, 0)) : OptionalLong.empty();
    }

    /** The limit that a rule's {@code state} stands for; with a {@code max} of 0 it admits nothing. */
    Optional<Map<String, Object>> ofState(Rule rule, List<Long> bounds) {
        String pointer = rule.pointer() + "/state";
        Map<String, Object> state = notes.object(rule.keys().get("state"), pointer);
        Optional<String> fault = faultOf(rule, state, bounds);
        if (fault.isPresent()) {
            notes.leftOut(pointer, fault.get());
            return Optional.empty();
        }
        Optional<String> amount = ProxyConditions.path(state.get("increment_from"));
        long max = Collections.min(bounds) / (amount.isPresent() ? 1 : increment(state));
        Map<String, Object> limit =
                limit(rule, String.valueOf(state.get("counter")), String.valueOf(state.get("window")), max);
        amount.ifPresent(path -> limit.put("amount", path));
        return Optional.of(limit);
    }

    private static Optional<String> faultOf(Rule rule, Map<String, Object> state, List<Long> bounds) {
        Object from = state.get("increment_from");
        if (!(state.get("counter") instanceof String counter) || counter.isBlank()) {
            return Optional.of("its `counter` has no name");
        }
        if (bounds.isEmpty()) {
            return Optional.of("without `lt` or `lte` on its counter in the same rule the proxy never counted it");
        }
        if (most(state.get("window")) == 0) {
            return Optional.of("its `window` is not `minute`, `hour` or `day`");
        }
        if (from != null && ProxyConditions.path(from).isEmpty()) {
            return Optional.of("its `increment_from` is not a path below `args`");
        }
        if (from != null && rule.ofAllTools()) {
            return Optional.of(
                    "in `all_tools` there are no amounts: write the limit at each tool that has the argument");
        }
        return increment(state) < 1 ? Optional.of("its `increment` is not a whole number above 0") : Optional.empty();
    }

    /** The proxy took an increment of 0 for one that was not written. */
    private static long increment(Map<String, Object> state) {
        Object written = state.get("increment");
        boolean absent = written == null || written.equals(0L);
        return absent ? 1 : written instanceof Long increment ? increment : -1;
    }

    private Map<String, Object> limit(Rule rule, String counter, String window, long max) {
        if (max > most(window)) {
            notes.add("`" + rule.pointer() + "`: `max` is lowered to one call for each nanosecond of its window");
        }
        if (max > 0) {
            notes.add("the limits count all callers together (scope `global`), as the proxy did:"
                    + " write `grant` where a count for each caller was meant");
        }
        Map<String, Object> limit = new LinkedHashMap<>();
        limit.put("counter", unused(rule.ofAllTools() ? counter : rule.tool() + "." + counter));
        limit.put("window", window);
        limit.put("max", Math.min(max, most(window)));
        limit.put("scope", "global");
        return limit;
    }

    private String unused(String counter) {
        String cut = counter.substring(0, Math.min(counter.length(), LONGEST_COUNTER));
        String legal = cut.replaceAll("[\\p{Cc}\\p{Cs}]", "_");
        String unused = legal;
        for (int n = 2; !counters.add(unused); n++) {
            unused = legal + "_" + n;
        }
        return unused;
    }

    private static Optional<BigDecimal> number(@Nullable Object value) {
        if (value instanceof BigDecimal decimal) {
            return Optional.of(decimal);
        }
        return value instanceof Long || value instanceof BigInteger
                ? Optional.of(new BigDecimal(value.toString()))
                : Optional.empty();
    }
}
