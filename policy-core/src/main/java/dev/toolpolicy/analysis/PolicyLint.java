package dev.toolpolicy.analysis;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.document.PolicyDocument;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a policy says and its author probably did not mean: rules that cannot matter, denies that can be got round, and what
 * does not fit the tools of a server. What it is not sure of it does not say.
 */
public final class PolicyLint {
    /** One for each idea; the order is that of reading, for findings are sorted by their places. */
    private static final List<Check> CHECKS = List.of(
            new HiddenEntries(),
            new SessionLimits(),
            new FreeAmounts(),
            new Contradictions(),
            new AlwaysHolding(),
            new CoveredRules(),
            new CoveredLimits(),
            new DeadEnds(),
            new Patterns(),
            new LooserEntries(),
            new Evasions(),
            new Regexes(),
            new Blocklists(),
            new OddValues(),
            new Defaults(),
            new DangerousTools(),
            new EmptyDenies(),
            new Schemas(),
            new Money(),
            new ServedNames(),
            new ServedArguments());

    private final PolicyDocument document;
    private final Optional<ServerTools> tools;
    private @Nullable List<Finding> findings;

    private PolicyLint(PolicyDocument document, Optional<ServerTools> tools) {
        this.document = document;
        this.tools = tools;
    }

    /** Looks at a policy by itself. */
    public static PolicyLint of(PolicyDocument document) {
        return new PolicyLint(requireNonNull(document, "document"), Optional.empty());
    }

    /** The same, compared with what a server lists. */
    public PolicyLint against(ServerTools tools) {
        return new PolicyLint(document, Optional.of(requireNonNull(tools, "tools")));
    }

    /** What was found, sorted by its place in the document; an immutable list. */
    public List<Finding> findings() {
        List<Finding> found = findings;
        // Made when first asked for: two threads may each make the same, and either will do.
        if (found == null) findings = found = look();
        return found;
    }

    private List<Finding> look() {
        Subject subject = new Subject(document, tools);
        Notes notes = new Notes();
        for (Check check : CHECKS) check.look(subject, notes);
        return notes.findings(document);
    }

    /** The findings as people read them, each with the line it stands in; the last line counts them. */
    public String report() {
        return LintReport.of(document, findings());
    }
}
