package dev.toolpolicy.analysis;

import dev.toolpolicy.Limit;
import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.One;
import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.Section;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Limits that can't be spent before another one is: whatever they count, the other counts too, and it allows no more. */
final class CoveredLimits implements Check {
    private static final Map<Long, String> WINDOWS =
            Map.of(1L, "a second", 60L, "a minute", 3_600L, "an hour", 86_400L, "a day");

    private record Charge(PlacedLimit placed, List<Section> with) {}

    @Override
    public void look(Subject subject, Notes notes) {
        Map<String, List<Charge>> byCounter = new LinkedHashMap<>();
        for (Section section : subject.outline().sections()) {
            for (PlacedLimit placed : section.limits()) {
                byCounter
                        .computeIfAbsent(placed.limit().counter().name(), name -> new ArrayList<>())
                        .add(new Charge(placed, subject.reach().with(section)));
            }
        }
        Set<String> covered = new HashSet<>();
        byCounter.forEach((name, charges) -> cover(charges, covered).ifPresent(cover -> {
            covered.add(name);
            for (Charge charge : charges) note(charge.placed, cover, notes);
        }));
    }

    /** A counter that every charge of this one charges too, by as much, and that allows no more. */
    private static Optional<Limit> cover(List<Charge> charges, Set<String> covered) {
        for (Limit candidate : tighter(charges.get(0))) {
            String name = candidate.counter().name();
            if (covered.contains(name)) continue;
            boolean everywhere = charges.stream()
                    .allMatch(charge -> tighter(charge).stream()
                            .anyMatch(limit -> limit.counter().name().equals(name)));
            if (everywhere) return Optional.of(candidate);
        }
        return Optional.empty();
    }

    private static List<Limit> tighter(Charge charge) {
        List<Limit> tighter = new ArrayList<>();
        for (Section section : charge.with) {
            for (PlacedLimit other : section.limits()) {
                if (isTighter(other.limit(), charge.placed.limit())) tighter.add(other.limit());
            }
        }
        return tighter;
    }

    private static boolean isTighter(Limit other, Limit limit) {
        Counter counter = limit.counter();
        return !other.counter().name().equals(counter.name())
                && (other.when().isEmpty() || other.when().equals(limit.when()))
                && costsAsMuch(other, limit)
                && countsAsMany(other.counter().scope(), counter.scope())
                && allowsNoMore(other.counter(), counter);
    }

    /** What is rounded up to fewer places costs as much or more. */
    private static boolean costsAsMuch(Limit other, Limit limit) {
        if (limit.amount() instanceof One) return other.amount() instanceof One;
        return other.amount().equals(limit.amount())
                && other.counter().decimals() <= limit.counter().decimals();
    }

    /** A caller without an attribute is denied by the scope itself, so that one stands for no other. */
    private static boolean countsAsMany(Scope other, Scope scope) {
        if (other.equals(scope)) return true;
        return switch (scope.kind()) {
            case SESSION -> other.equals(Scope.GRANT) || other.equals(Scope.GLOBAL);
            case GRANT -> other.equals(Scope.GLOBAL);
            case GLOBAL, IDENTITY -> false;
        };
    }

    /** Windows are aligned, so that a longer one is made of whole shorter ones where its length is a multiple of theirs. */
    private static boolean allowsNoMore(Counter other, Counter counter) {
        if (other.windowSeconds() % counter.windowSeconds() == 0) return other.max() <= counter.max();
        if (counter.windowSeconds() % other.windowSeconds() != 0) return false;
        BigDecimal windows = BigDecimal.valueOf(counter.windowSeconds() / other.windowSeconds());
        return BigDecimal.valueOf(other.max()).multiply(windows).compareTo(BigDecimal.valueOf(counter.max())) <= 0;
    }

    private static void note(PlacedLimit placed, Limit cover, Notes notes) {
        notes.add(
                Code.LIMIT_COVERED,
                placed.pointer(),
                Shown.quoted(placed.limit().counter().name()) + " allows " + allowed(placed.limit()) + ", and "
                        + Shown.quoted(cover.counter().name())
                        + ", which counts the same and perhaps more, allows only "
                        + allowed(cover) + ", so this limit is never spent before that one",
                "remove this limit, or lower its `max`");
    }

    private static String allowed(Limit limit) {
        Counter counter = limit.counter();
        return counter.max() + " "
                + WINDOWS.getOrDefault(counter.windowSeconds(), "in " + counter.windowSeconds() + " s");
    }
}
