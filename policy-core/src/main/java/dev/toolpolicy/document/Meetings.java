package dev.toolpolicy.document;

import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.CrossChecks.Owner;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whose limits may apply to one call together. Found by name: to compare all with all takes hours for a document of a hundred
 * thousand tools and groups. Only patterns are compared, of which there are few.
 */
final class Meetings {
    /** Each of them has a limit at least: if they meet in one call, these are far too many for it already. */
    private static final int MOST = 200;
    /** So many are compared each with each. */
    private static final int FEW = 100;

    /** The groups and {@code all_tools}, as far as they have limits, and their places in the order in which they were read. */
    private final Map<Owner, Integer> wide = new LinkedHashMap<>();

    private final List<Owner> everywhere = new ArrayList<>();
    private final Map<String, List<Owner>> byName = new LinkedHashMap<>();
    private final Map<ToolPattern, List<Owner>> byPattern = new LinkedHashMap<>();
    /** The names in groups that have no entry of their own, by the entry that governs them. */
    private final Map<ToolPattern, List<String>> governed = new HashMap<>();

    private final Map<String, ToolPattern> governing = new HashMap<>();
    private final Map<ToolPattern, Owner> entriesWithLimits = new LinkedHashMap<>();
    private final Set<ToolPattern> entries;

    private final Map<Owner, List<Owner>> known = new HashMap<>();
    private final Map<Owner, Names> names = new HashMap<>();

    /**
     * @param entries the keys of {@code tools}
     * @param owners who has limits
     */
    Meetings(Collection<ToolPattern> entries, Collection<Owner> owners) {
        this.entries = new HashSet<>(entries);
        index(owners);
        findGoverned(entries);
    }

    /** The same of some of the owners, as if there were no others. */
    private Meetings(Meetings all, Collection<Owner> some) {
        this.entries = all.entries;
        index(some);
        for (String name : byName.keySet()) {
            ToolPattern entry = all.governing.get(name);
            if (entry != null) governs(entry, name);
        }
    }

    private void index(Collection<Owner> owners) {
        for (Owner owner : owners) {
            if (owner.kind() == Owner.Kind.TOOL) {
                owner.tools().forEach(entry -> entriesWithLimits.put(entry, owner));
                continue;
            }
            wide.put(owner, wide.size());
            if (owner.kind() == Owner.Kind.ALL_TOOLS) everywhere.add(owner);
            for (ToolPattern tool : owner.tools()) {
                if (tool.exact()) add(byName, tool.text(), owner);
                else add(byPattern, tool, owner);
            }
        }
    }

    private void findGoverned(Collection<ToolPattern> entries) {
        Set<ToolPattern> exact = new HashSet<>();
        List<ToolPattern> mostSpecificFirst = new ArrayList<>();
        for (ToolPattern entry : entries) {
            if (entry.exact()) exact.add(entry);
            else mostSpecificFirst.add(entry);
        }
        mostSpecificFirst.sort(Comparator.comparingInt(ToolPattern::literals).reversed());
        for (String name : byName.keySet()) {
            if (exact.contains(new ToolPattern(name))) continue;
            mostSpecificFirst.stream()
                    .filter(entry -> entry.matches(name))
                    .findFirst()
                    .ifPresent(entry -> governs(entry, name));
        }
    }

    private void governs(ToolPattern entry, String name) {
        add(governed, entry, name);
        governing.put(name, entry);
    }

    private static <K, V> void add(Map<K, List<V>> map, K key, V value) {
        map.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    Among among(Set<Owner> some) {
        return new Among(some);
    }

    /** Some of the owners, of whom it is asked which of them meet. */
    final class Among {
        private final Set<Owner> owners;
        private @Nullable Meetings alone;

        private Among(Set<Owner> owners) {
            this.owners = owners;
        }

        /**
         * Those of them whose limits may apply to a call beside this one's; of very many, some. Where a tool meets a group, this may be
         * told of the tool alone.
         */
        Stream<Owner> beside(Owner owner) {
            if (owners.size() <= FEW)
                return owners.stream().filter(other -> !other.equals(owner) && meet(owner, other));
            List<Owner> met = known.computeIfAbsent(owner, Meetings.this::find);
            if (met.size() < MOST) return met.stream().filter(owners::contains);
            // It meets so many, in one call or another, that not all of them were looked for.
            if (alone == null) alone = new Meetings(Meetings.this, owners);
            return alone.find(owner).stream();
        }
    }

    /** Groups, and {@code all_tools}, that may apply to a call beside this owner: all of them, if they are fewer than the most. */
    private List<Owner> find(Owner owner) {
        Set<Owner> met = new LinkedHashSet<>(everywhere);
        if (owner.kind() == Owner.Kind.ALL_TOOLS) addUpToMost(met, wide.keySet());
        for (ToolPattern tool : owner.tools()) {
            if (met.size() > MOST) break;
            if (tool.exact()) addUpToMost(met, byName.getOrDefault(tool.text(), List.of()));
            else if (owner.kind() == Owner.Kind.TOOL)
                governed.getOrDefault(tool, List.of())
                        .forEach(name -> addUpToMost(met, byName.getOrDefault(name, List.of())));
            else
                byName.forEach((name, owners) -> {
                    if (met.size() <= MOST && tool.matches(name)) addUpToMost(met, owners);
                });
            boolean entry = owner.kind() == Owner.Kind.TOOL;
            byPattern.forEach((pattern, owners) -> {
                if (met.size() > MOST || (entry && isGovernedByAnother(pattern, tool))) return;
                if (pattern.sharesNameWith(tool)) addUpToMost(met, owners);
            });
        }
        met.remove(owner);
        return met.stream()
                .sorted(Comparator.comparingInt(other -> wide.getOrDefault(other, 0)))
                .toList();
    }

    /** Whether a call may come under the limits of both: asked of few, which is why it need not be known of all. */
    private boolean meet(Owner one, Owner other) {
        if (one.kind() == Owner.Kind.ALL_TOOLS || other.kind() == Owner.Kind.ALL_TOOLS) return true;
        if (one.kind() == Owner.Kind.TOOL && other.kind() == Owner.Kind.TOOL) return false;
        if (other.kind() == Owner.Kind.TOOL) return meet(other, one);
        Names ours = namesOf(one);
        Names others = namesOf(other);
        boolean entry = one.kind() == Owner.Kind.TOOL;
        for (ToolPattern name : ours.exact()) {
            if (others.exact().contains(name) || others.matchedBy(name)) return true;
        }
        for (ToolPattern pattern : ours.patterns()) {
            boolean named = entry
                    ? governed.getOrDefault(pattern, List.of()).stream()
                            .anyMatch(name -> others.exact().contains(new ToolPattern(name)))
                    : others.exact().stream().anyMatch(name -> pattern.matches(name.text()));
            if (named) return true;
            for (ToolPattern their : others.patterns()) {
                boolean elsewhere = entry && isGovernedByAnother(their, pattern);
                if (!elsewhere && their.sharesNameWith(pattern)) return true;
            }
        }
        return false;
    }

    /** What an owner is for: names that are written out, and patterns. */
    private record Names(Set<ToolPattern> exact, List<ToolPattern> patterns) {
        static Names of(Owner owner) {
            Set<ToolPattern> exact = new HashSet<>();
            List<ToolPattern> patterns = new ArrayList<>();
            for (ToolPattern tool : owner.tools()) {
                if (tool.exact()) exact.add(tool);
                else patterns.add(tool);
            }
            return new Names(exact, patterns);
        }

        boolean matchedBy(ToolPattern name) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(name.text()));
        }
    }

    private Names namesOf(Owner owner) {
        return names.computeIfAbsent(owner, Names::of);
    }

    /** Whether all names of a group's pattern have an entry that beats this one: the same pattern, and more specific. */
    private boolean isGovernedByAnother(ToolPattern pattern, ToolPattern entry) {
        return entries.contains(pattern) && pattern.literals() > entry.literals();
    }

    /**
     * Tells of all whose limits may apply to one call together: for each name that is written out exactly those, and for each
     * pattern those whose patterns share names with it, two by two.
     */
    void forEachCall(Consumer<Collection<Owner>> call) {
        Set<String> names = new LinkedHashSet<>(byName.keySet());
        for (ToolPattern entry : entriesWithLimits.keySet()) if (entry.exact()) names.add(entry.text());
        for (String name : names) {
            Set<Owner> met = new LinkedHashSet<>(everywhere);
            addUpToMost(met, byName.getOrDefault(name, List.of()));
            byPattern.forEach((pattern, owners) -> {
                if (pattern.matches(name)) addUpToMost(met, owners);
            });
            Owner own = entriesWithLimits.get(governing.getOrDefault(name, new ToolPattern(name)));
            if (own != null) met.add(own);
            call.accept(met);
        }
        Set<ToolPattern> patterns = new LinkedHashSet<>(byPattern.keySet());
        for (ToolPattern entry : entriesWithLimits.keySet()) if (!entry.exact()) patterns.add(entry);
        for (ToolPattern pattern : patterns) {
            Set<Owner> met = new LinkedHashSet<>(everywhere);
            byPattern.forEach((other, owners) -> {
                if (other.sharesNameWith(pattern)) addUpToMost(met, owners);
            });
            Owner own = entriesWithLimits.get(pattern);
            if (own != null) met.add(own);
            call.accept(met);
        }
        // One part alone may have too many.
        entriesWithLimits.values().forEach(owner -> call.accept(List.of(owner)));
        wide.keySet().forEach(owner -> call.accept(List.of(owner)));
    }

    private static void addUpToMost(Set<Owner> met, Collection<Owner> owners) {
        for (Owner owner : owners) {
            if (met.size() > MOST) return;
            met.add(owner);
        }
    }
}
