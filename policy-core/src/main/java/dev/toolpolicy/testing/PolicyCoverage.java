package dev.toolpolicy.testing;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Decision.Allow;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.Explanation;
import dev.toolpolicy.Explanation.Counted;
import dev.toolpolicy.Explanation.Step;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyDocument.Position;
import dev.toolpolicy.testing.Inventory.EntryPoints;
import dev.toolpolicy.testing.Inventory.GroupPoint;
import dev.toolpolicy.testing.StepPoints.Outcome;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What calls have exercised of one policy. */
final class PolicyCoverage {
    private final PolicyDocument document;
    private final Inventory inventory;
    private final Map<String, Position> positions;

    PolicyCoverage(PolicyDocument document) {
        this.document = document;
        this.inventory = new Inventory(document);
        List<Point> points = inventory.points();
        this.positions = document.positions(
                points.stream().map(Point::pointer).distinct().toList());
        points.sort(Comparator.comparingInt(point -> position(point).offset()));
    }

    /** Notes what one call exercised. */
    void saw(ToolCall call, Explanation before) {
        Decision decision = before.decision();
        if (decision instanceof Deny deny) sawDenied(call.tool(), deny);
        else sawJudged(call.tool(), decision);
        for (Step step : before.steps()) step(step.rule()).saw(step, decision);
        if (decision instanceof RateLimited) before.counted().forEach(this::sawCounted);
    }

    private void sawDenied(String tool, Deny deny) {
        switch (deny.reason().code()) {
            case HIDDEN -> known(inventory.hidden(), deny.rule()).cover();
            case NOT_LISTED -> inventory.unlisted().ifPresent(Point::cover);
            case TOOL_DENIED -> sawGoverned(tool, deny);
            case REQUIREMENT_NOT_MET,
                    FORBIDDEN,
                    INVALID_ARGUMENTS,
                    INVALID_AMOUNT,
                    TOO_MANY_QUESTIONS,
                    APPROVAL_REJECTED -> sawJudged(tool, deny);
            // Nothing of the policy came to a word, or nobody knows how much of it did.
            case MALFORMED_CALL, NO_POLICY, LOOK_ALIKE, CHECK_FAILED -> {}
        }
    }

    /** A call whose name alone is not denied. */
    private void sawJudged(String tool, Decision decision) {
        sawGoverned(tool, decision);
        for (GroupPoint group : inventory.groups()) {
            if (group.tools().stream().anyMatch(pattern -> pattern.matches(tool)))
                group.applied().cover();
        }
    }

    private void sawGoverned(String tool, Decision decision) {
        ToolPattern governs = document.policy().entryFor(tool).orElse(null);
        EntryPoints entry = governs == null ? null : inventory.entries().get(governs);
        if (entry == null) {
            inventory.unlisted().ifPresent(Point::cover);
            return;
        }
        entry.governed().cover();
        if (decision instanceof Allow) entry.allowed().ifPresent(Point::cover);
    }

    private void sawCounted(Counted counted) {
        if (counted.left().compareTo(counted.amount()) < 0) step(counted.rule()).saw(Outcome.STOPPED);
    }

    private StepPoints step(String rule) {
        return known(inventory.steps(), rule);
    }

    private static <T> T known(Map<String, T> points, String rule) {
        T known = points.get(rule);
        if (known == null) throw new IllegalArgumentException("the policy has no rule " + rule);
        return known;
    }

    PolicyDocument document() {
        return document;
    }

    /** All points, in the order of the document. */
    List<Point> points() {
        return inventory.points();
    }

    List<Point> points(PointKind kind) {
        return points().stream().filter(point -> point.kind() == kind).toList();
    }

    Position position(Point point) {
        return Objects.requireNonNull(positions.get(point.pointer()), "position");
    }

    /** The points that stand at one place each, in the order of the document. */
    Collection<List<Point>> places() {
        Map<String, List<Point>> places = new LinkedHashMap<>();
        for (Point point : points()) {
            places.computeIfAbsent(point.pointer(), pointer -> new ArrayList<>())
                    .add(point);
        }
        return places.values();
    }

    Tally tally() {
        return Tally.of(points());
    }
}
