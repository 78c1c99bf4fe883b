package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy.Unlisted;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Patterns that another one of the same list covers, and groups that apply to no tool that may be called. */
final class Patterns implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        covered(subject.policy().hide(), "/hide", "hides", subject.names(), notes);
        List<Section> open =
                subject.entries().stream().filter(subject.reach()::governs).toList();
        List<Section> denied = subject.entries().stream()
                .filter(entry -> !subject.reach().governs(entry))
                .toList();
        OpenNames names = new OpenNames(open, denied, subject);
        subject.outline().sections(Kind.GROUP).forEach(group -> group(group, names, subject, notes));
        Section all = subject.outline().sections().get(0);
        boolean says = !all.rules().isEmpty() || !all.limits().isEmpty();
        if (says && open.isEmpty() && subject.policy().unlisted() == Unlisted.DENY) {
            notes.add(
                    Code.NEVER_APPLIES,
                    all.pointer(),
                    "no entry of `tools` allows a call and `default` denies the rest, so `all_tools` applies to none",
                    "list what may be called in `tools`, or remove `all_tools`");
        }
    }

    /** Those that are covered, by their places in the list; each is noted. */
    private static Set<Integer> covered(List<ToolPattern> list, String at, String does, Names names, Notes notes) {
        Set<Integer> covered = new HashSet<>();
        List<Integer> wide = new ArrayList<>();
        for (int i = 0; i < list.size(); i++) if (!list.get(i).exact()) wide.add(i);
        Set<ToolPattern> earlier = new HashSet<>();
        for (int i = 0; i < list.size(); i++) {
            ToolPattern narrow = list.get(i);
            boolean again = !earlier.add(narrow);
            ToolPattern cover = again ? narrow : null;
            for (int other : wide) {
                if (cover != null) break;
                // Two that match the same names: only the later one is said to be covered.
                boolean covers = other != i && names.covers(list.get(other), narrow);
                if (covers && (other < i || !names.covers(narrow, list.get(other)))) cover = list.get(other);
            }
            if (cover == null) continue;
            covered.add(i);
            notes.add(
                    Code.PATTERN_COVERED,
                    at + "/" + i,
                    again
                            ? "this list has `" + narrow + "` before, so it has no effect here"
                            : "`" + cover + "` of the same list " + does + " every tool that `" + narrow
                                    + "` does, so this one has no effect",
                    "remove it, or narrow the one that covers it");
        }
        return covered;
    }

    private static void group(Section group, OpenNames names, Subject subject, Notes notes) {
        List<Integer> idle = new ArrayList<>();
        for (int i = 0; i < group.tools().size(); i++) {
            if (names.excludes(group.tools().get(i))) idle.add(i);
        }
        String why = subject.policy().unlisted() == Unlisted.DENY
                ? ": no entry of `tools` that allows a call matches, and `default` denies the rest"
                : ": those tools are hidden, or their entries deny";
        if (idle.size() == group.tools().size()) {
            notes.add(
                    Code.NEVER_APPLIES,
                    group.pointer(),
                    "this group applies to no call that could be allowed" + why,
                    "correct the names in `tools` of the group, or remove it");
            return;
        }
        Set<Integer> covered = covered(group.tools(), group.pointer() + "/tools", "matches", subject.names(), notes);
        for (int i : idle) {
            String pointer = group.pointer() + "/tools/" + i;
            if (covered.contains(i)) continue;
            notes.add(
                    Code.PATTERN_IDLE,
                    pointer,
                    "`" + group.tools().get(i) + "` applies to no call that could be allowed" + why,
                    "correct the name, or remove it");
        }
    }

    /** The names by which a call could be allowed. */
    private static final class OpenNames {
        private final Set<String> open = new HashSet<>();
        private final Set<String> denied = new HashSet<>();
        private final List<ToolPattern> openPatterns = new ArrayList<>();
        private final List<ToolPattern> deniedPatterns = new ArrayList<>();
        private final Subject subject;

        OpenNames(List<Section> openEntries, List<Section> deniedEntries, Subject subject) {
            this.subject = subject;
            sort(openEntries, open, openPatterns);
            sort(deniedEntries, denied, deniedPatterns);
        }

        private static void sort(List<Section> entries, Set<String> names, List<ToolPattern> patterns) {
            for (Section entry : entries) {
                ToolPattern pattern = entry.tools().get(0);
                if (pattern.exact()) names.add(pattern.text());
                else patterns.add(pattern);
            }
        }

        /** Whether no call by a name that the pattern matches could be allowed; false where that is not sure. */
        boolean excludes(ToolPattern pattern) {
            Names names = subject.names();
            if (names.hiddenBy(pattern).isPresent()) return true;
            if (pattern.exact() && denied.contains(pattern.text())) return true;
            if (pattern.exact() && open.contains(pattern.text())) return false;
            for (ToolPattern other : openPatterns) if (names.meet(pattern, other)) return false;
            if (!pattern.exact()) {
                for (String name : open) if (names.meet(pattern, new ToolPattern(name))) return false;
            }
            if (subject.policy().unlisted() == Unlisted.DENY) return true;
            for (ToolPattern wide : deniedPatterns) if (names.covers(wide, pattern)) return true;
            return false;
        }
    }
}
