package dev.toolpolicy.analysis;

import dev.toolpolicy.Policy;
import dev.toolpolicy.analysis.Outline.PlacedLimit;
import dev.toolpolicy.document.PolicyDocument;
import java.util.Optional;
import java.util.stream.Stream;

/** What the checks look at: a policy, laid out, and perhaps the tools of the server that it is for. */
final class Subject {
    private final PolicyDocument document;
    private final Outline outline;
    private final Names names;
    private final Optional<ServerTools> tools;

    Subject(PolicyDocument document, Optional<ServerTools> tools) {
        this.document = document;
        this.outline = Outline.of(document);
        this.names = new Names(document.policy());
        this.tools = tools;
    }

    PolicyDocument document() {
        return document;
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

    /** What the server lists, if that is known. */
    Optional<ServerTools> tools() {
        return tools;
    }

    /** Every limit, wherever it stands. */
    Stream<PlacedLimit> limits() {
        return outline.sections().stream().flatMap(section -> section.limits().stream());
    }
}
