package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy;
import dev.toolpolicy.analysis.Outline.Kind;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.analysis.Outline.PlacedRule;
import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.Outline.RuleList;
import dev.toolpolicy.analysis.Outline.Section;
import dev.toolpolicy.document.PolicyDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What the checks look at: a policy, laid out, and perhaps the tools of the server that it is for. */
final class Subject {
    private final PolicyDocument document;
    private final Outline outline;
    private final Names names;
    private final Reach reach;
    private final Calls calls = new Calls();
    private final Optional<ServedTools> served;

    Subject(PolicyDocument document, Optional<ServerTools> tools) {
        this.document = document;
        this.outline = Outline.of(document);
        this.names = new Names(document.policy());
        this.reach = new Reach(document, outline, names);
        this.served = tools.map(list -> new ServedTools(list, outline, names));
    }

    Policy policy() {
        return document.policy();
    }

    Outline outline() {
        return outline;
    }

    /** What is known of the names that its patterns match. */
    Names names() {
        return names;
    }

    /** Which of its parts meet in a call. */
    Reach reach() {
        return reach;
    }

    /** What calls there can be. */
    Calls calls() {
        return calls;
    }

    /** What the server lists, if that is known. */
    Optional<ServedTools> served() {
        return served;
    }

    /** The entries. */
    List<Section> entries() {
        return outline.sections(Kind.ENTRY).toList();
    }

    /** Every rule, wherever it stands. */
    Stream<PlacedRule> rules() {
        return outline.sections().stream().flatMap(section -> section.rules().stream());
    }

    /** Every limit, wherever it stands. */
    Stream<PlacedLimit> limits() {
        return outline.sections().stream().flatMap(section -> section.limits().stream());
    }

    /** Every test, wherever it stands. */
    void tests(Consumer<StandingTest> each) {
        for (Section section : outline.sections()) {
            for (PlacedRule rule : section.rules()) {
                for (PlacedTest test : rule.tests()) {
                    each.accept(new StandingTest(
                            test, Optional.of(rule.list()), rule.list().letsThrough() != test.negated()));
                }
            }
            for (PlacedLimit limit : section.limits()) {
                for (PlacedTest test : limit.tests())
                    each.accept(new StandingTest(test, Optional.empty(), test.negated()));
            }
        }
    }

    /** The tests of some rules, as a list. */
    static List<PlacedTest> tests(List<PlacedRule> rules) {
        List<PlacedTest> tests = new ArrayList<>();
        for (PlacedRule rule : rules) tests.addAll(rule.tests());
        return tests;
    }

    /**
     * A test where it stands.
     *
     * @param list the list of its rule; none if it is part of a limit's {@code when}
     * @param letsThrough whether a match of it lets the call through
     */
    record StandingTest(PlacedTest placed, Optional<RuleList> list, boolean letsThrough) {}
}
