package dev.toolpolicy.analysis;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rules that cannot matter, because whatever they stop or ask about is stopped, or asked about, by another rule that applies to the
 * same calls; and limits of which every call is denied.
 */
final class CoveredRules implements Check {
    /** As many pairs of rules are compared, and no more. */
    private static final int MOST_PAIRS = 300_000;

    private static final int MOST_OF_A_PATH = 100;

    @Override
    public void look(Subject subject, Notes notes) {
        new Look(subject, notes).look();
    }

    /** A rule and where it stands among those that are looked at. */
    private record Ranked(PlacedRule rule, Section section, int rank, int index, Set<CallPath> paths) {
        static Ranked of(PlacedRule rule, Section section, int rank, int index) {
            Set<CallPath> paths = new LinkedHashSet<>();
            for (PlacedTest test : rule.tests()) paths.add(test.path());
            return new Ranked(rule, section, rank, index, paths);
        }

        boolean isBefore(Ranked other) {
            if (rule.list() != other.rule.list()) return rule.list().compareTo(other.rule.list()) < 0;
            return rank != other.rank ? rank < other.rank : index < other.index;
        }
    }

    private static final class Look {
        private final Subject subject;
        private final Notes notes;
        private final Map<String, Map<CallPath, List<Ranked>>> byPath = new HashMap<>();
        private final Map<String, List<Ranked>> withoutConditions = new HashMap<>();
        private final Map<String, List<Ranked>> ranked = new HashMap<>();
        private int pairs;

        Look(Subject subject, Notes notes) {
            this.subject = subject;
            this.notes = notes;
        }

        void look() {
            List<Section> sections = subject.outline().sections();
            for (Section section : sections) index(section);
            for (Section section : sections) {
                List<Section> with = subject.reach().with(section);
                for (Ranked rule : ranked.getOrDefault(section.pointer(), List.of())) {
                    coverOf(rule, with).ifPresent(cover -> note(rule, cover));
                }
                for (PlacedLimit limit : section.limits()) limit(limit, with);
            }
        }

        /** By the first path that it looks at: a rule that looks at more than another one does not cover it. */
        private void index(Section section) {
            List<Ranked> rules = new ArrayList<>();
            int rank = subject.reach().rank(section);
            for (PlacedRule rule : section.rules()) rules.add(Ranked.of(rule, section, rank, rules.size()));
            ranked.put(section.pointer(), rules);
            for (Ranked rule : rules) {
                if (rule.paths.isEmpty()) {
                    withoutConditions
                            .computeIfAbsent(section.pointer(), pointer -> new ArrayList<>())
                            .add(rule);
                } else {
                    byPath.computeIfAbsent(section.pointer(), pointer -> new HashMap<>())
                            .computeIfAbsent(rule.paths.iterator().next(), path -> new ArrayList<>())
                            .add(rule);
                }
            }
        }

        private Optional<Ranked> coverOf(Ranked rule, List<Section> with) {
            for (Section section : with) {
                List<Ranked> here = new ArrayList<>(withoutConditions.getOrDefault(section.pointer(), List.of()));
                Map<CallPath, List<Ranked>> others = byPath.getOrDefault(section.pointer(), Map.of());
                for (CallPath path : rule.paths) here.addAll(first(others.getOrDefault(path, List.of())));
                for (Ranked cover : here) {
                    if (mayCover(cover, rule) && covers(cover, rule)) return Optional.of(cover);
                }
            }
            return Optional.empty();
        }

        /** One part rarely has more than a handful of rules about one argument. */
        private static List<Ranked> first(List<Ranked> rules) {
            return rules.subList(0, Math.min(MOST_OF_A_PATH, rules.size()));
        }

        private boolean mayCover(Ranked cover, Ranked rule) {
            if (cover.rule.pointer().equals(rule.rule.pointer()) || pairs++ > MOST_PAIRS) return false;
            // The one that is looked at earlier decides with which code a call is denied.
            return cover.rule.list().compareTo(rule.rule.list()) <= 0 && rule.paths.containsAll(cover.paths);
        }

        private boolean covers(Ranked cover, Ranked rule) {
            if (!isImplied(cover.rule, rule.rule) || neverActs(rule.rule) || isFaulty(cover.rule)) return false;
            boolean asks = cover.rule.list() == RuleList.REQUIRE_APPROVAL_IF;
            if (asks && Effect.isTold(rule.rule.rule()))
                return isSaidAlike(cover.rule, rule.rule) && cover.isBefore(rule);
            if (cover.isBefore(rule)) return true;
            // Of those that meet each other and say the same, the later one is named.
            boolean sameSection = rule.section.pointer().equals(cover.section.pointer());
            boolean groups = rule.section.kind() == Kind.GROUP && cover.section.kind() == Kind.GROUP;
            boolean mutual = sameSection || groups;
            return !Effect.isTold(rule.rule.rule()) && !(mutual && isImplied(rule.rule, cover.rule));
        }

        private static boolean isSaidAlike(PlacedRule cover, PlacedRule rule) {
            return rule.rule().id().isEmpty()
                    && rule.rule().text().equals(cover.rule().text());
        }

        /** Whether one rule acts wherever the other does. */
        private boolean isImplied(PlacedRule cover, PlacedRule rule) {
            Calls.Supposed both = Effect.acting(rule)
                    .and(cover.rule().conditions(), cover.list().letsThrough(), Effect.rests(cover.list()));
            return !subject.calls().exist(both);
        }

        private boolean neverActs(PlacedRule rule) {
            return !subject.calls().exist(Effect.acting(rule));
        }

        /** A rule with conditions that denies every call is a finding of its own; what else it makes idle would hide that. */
        private boolean isFaulty(PlacedRule cover) {
            return !cover.rule().conditions().isEmpty() && !subject.calls().exist(Effect.resting(cover));
        }

        private void note(Ranked rule, Ranked cover) {
            boolean asks = rule.rule.list() == RuleList.REQUIRE_APPROVAL_IF;
            boolean denied = cover.rule.list() != RuleList.REQUIRE_APPROVAL_IF;
            String other = Shown.quoted(cover.rule.name());
            String pointer = rule.rule.pointer();
            if (asks && denied) {
                notes.add(
                        Code.BEHIND_A_DENY,
                        pointer,
                        "whatever this rule asks about is denied by " + other + ", so nobody is ever asked",
                        "remove this rule, or narrow the one that denies");
                return;
            }
            String acts = asks ? "asks about" : "denies";
            notes.add(
                    Code.RULE_COVERED,
                    pointer,
                    rule.rule.rule().conditions().equals(cover.rule.rule().conditions())
                                    && rule.rule.list() == cover.rule.list()
                            ? "this rule says the same as " + other + ", so it has no effect"
                            : "whatever this rule " + acts + ", " + other + " " + acts + " too, so it has no effect",
                    "remove this rule, or correct the one that covers it");
        }

        private void limit(PlacedLimit limit, List<Section> with) {
            for (Section section : with) {
                for (Ranked deny : withoutConditions.getOrDefault(section.pointer(), List.of())) {
                    if (deny.rule.list() != RuleList.DENY_IF) continue;
                    notes.add(
                            Code.BEHIND_A_DENY,
                            limit.pointer(),
                            Shown.quoted(deny.rule.name()) + " denies every call, so this limit is never charged",
                            "remove the limit, or give the rule that denies its conditions");
                    return;
                }
            }
        }
    }
}
