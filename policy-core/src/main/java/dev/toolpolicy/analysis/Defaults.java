package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy.Unlisted;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.Finding.Code;
import java.util.List;
import java.util.stream.Stream;

/** {@code default: allow} where there are tools that change things. */
final class Defaults implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        if (subject.policy().unlisted() != Unlisted.ALLOW) return;
        // Which of the server's tools are left to the default is said of them one by one, where they are known.
        Facts all = subject.reach().facts(subject.reach().allTools());
        if (subject.served().isPresent() || all.deniesAll() || all.asksAlways()) return;
        if (subject.policy().hide().stream().anyMatch(hide -> hide.literals() == 0)) return;
        Stream<ToolPattern> written = Stream.of(
                        subject.policy().tools().keySet().stream(),
                        subject.policy().hide().stream(),
                        subject.policy().groups().stream().flatMap(group -> group.tools().stream()))
                .flatMap(patterns -> patterns);
        List<String> writing = written.map(ToolPattern::text)
                .filter(NameVerbs::writes)
                .distinct()
                .toList();
        boolean everything = subject.policy().tools().keySet().stream().anyMatch(entry -> entry.literals() == 0);
        if (writing.isEmpty() || everything) return;
        notes.add(
                Code.ALLOWED_BY_DEFAULT,
                "/default",
                "every tool that is not named here is allowed, and tools like these change things: "
                        + Shown.names(writing),
                "write `\"default\": \"deny\"` and list what may be called");
    }
}
