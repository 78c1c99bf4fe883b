package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy.Unlisted;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Finding.Code;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import dev.toolpolicy.spi.Suggestion;
import java.util.List;

/** Names in the policy that the server does not have, and names of the server that the policy does not. */
final class ServedNames implements Check {
    /** To compare each unknown name with each known one takes long where there are many. */
    private static final int MOST_SUGGESTIONS = 100;

    @Override
    public void look(Subject subject, Notes notes) {
        subject.served().ifPresent(served -> new Look(subject, served, notes).look());
    }

    private static final class Look {
        private final Subject subject;
        private final ServedTools served;
        private final Notes notes;
        private final List<String> known;
        private int suggestions;

        Look(Subject subject, ServedTools served, Notes notes) {
            this.subject = subject;
            this.served = served;
            this.notes = notes;
            this.known = served.all().stream().map(ServerTool::name).toList();
        }

        void look() {
            List<ToolPattern> hide = subject.policy().hide();
            for (int i = 0; i < hide.size(); i++) {
                name(hide.get(i), "/hide/" + i, Code.HIDES_NOTHING, "so nothing is hidden by it", true);
            }
            for (Section section : subject.outline().sections()) {
                if (section.kind() == Kind.ENTRY) {
                    boolean denies = !subject.reach().isOpen(section);
                    name(
                            section.tools().get(0),
                            section.pointer(),
                            Code.PATTERN_WITHOUT_TOOL,
                            "so this entry governs nothing",
                            denies);
                }
                for (int i = 0;
                        section.kind() == Kind.GROUP && i < section.tools().size();
                        i++) {
                    String pointer = section.pointer() + "/tools/" + i;
                    name(section.tools().get(i), pointer, Code.PATTERN_WITHOUT_TOOL, "so it adds nothing here", false);
                }
            }
            strangers();
        }

        /** @param forbids whether what is written keeps tools away: a name that is nearly right matters all the more */
        private void name(ToolPattern pattern, String pointer, Code ofPattern, String follows, boolean forbids) {
            if (pattern.exact()) {
                if (served.has(pattern.text())) return;
                notes.add(
                        Code.UNKNOWN_TOOL,
                        pointer,
                        "the server has no tool `" + pattern + "`, " + follows,
                        suggestion(pattern.text(), forbids));
            } else if (known.stream().noneMatch(pattern::matches)) {
                notes.add(
                        ofPattern,
                        pointer,
                        "the server has no tool that `" + pattern + "` matches, " + follows,
                        "correct the pattern, or remove it if no such tool is to come");
            }
        }

        private String suggestion(String name, boolean forbids) {
            String otherwise = forbids
                    ? "correct the name, or remove it if no such tool is to come"
                    : "correct the name, or remove the entry";
            if (suggestions++ > MOST_SUGGESTIONS) return otherwise;
            return Suggestion.nearest(name, known).map(Suggestion::didYouMean).orElse(otherwise);
        }

        private void strangers() {
            List<String> odd =
                    known.stream().filter(name -> !ToolPattern.isName(name)).toList();
            if (!odd.isEmpty()) {
                notes.add(
                        Code.TOOL_CANNOT_BE_CALLED,
                        "/version",
                        "every call of " + Shown.names(odd) + " is malformed and denied, whatever the policy says",
                        "a tool's name is 1 to 128 of `A-Z a-z 0-9 _ . -`: rename it in the server");
            }
            if (subject.policy().unlisted() == Unlisted.DENY) leftDenied();
            else leftAllowed();
        }

        private void leftDenied() {
            List<String> left =
                    served.leftToDefault().stream().map(ServerTool::name).toList();
            if (left.isEmpty()) return;
            notes.add(
                    Code.TOOLS_LEFT_DENIED,
                    "/default",
                    "no entry of `tools` covers " + Shown.names(left) + ", so `default` denies what calls them",
                    "add entries for those that may be called");
        }

        private void leftAllowed() {
            Facts all = subject.reach().facts(subject.reach().allTools());
            if (all.deniesAll() || all.asksAlways()) return;
            List<String> left = served.leftToDefault().stream()
                    .filter(tool -> served.groupsOf(tool).stream()
                            .map(subject.reach()::facts)
                            .noneMatch(group -> group.deniesAll() || group.asksAlways()))
                    .map(ServerTool::name)
                    .filter(name -> !subject.names().resemblesEntry(name))
                    .toList();
            if (left.isEmpty()) return;
            List<String> writing = left.stream().filter(NameVerbs::writes).toList();
            String changes = writing.isEmpty() ? "" : "; by their names these change things: " + Shown.names(writing);
            notes.add(
                    Code.TOOLS_LEFT_ALLOWED,
                    "/default",
                    "no entry of `tools` covers " + Shown.names(left) + ", so `default` allows them" + changes,
                    "write `\"default\": \"deny\"` and list what may be called");
        }
    }
}
