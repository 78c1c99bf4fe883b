package dev.toolpolicy.testing;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Explanation;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.PolicyDocument;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What of some policies the calls of a test suite have exercised.
 *
 * <p>Each of these is a point:
 *
 * <ul>
 *   <li>{@code default}: it decided about a call that no entry governs, unless a pattern matches every name;
 *   <li>each pattern of {@code hide}: it denied a call;
 *   <li>each entry of {@code tools}: it governed a call; and allowed one, unless its action, or a rule without conditions, denies
 *       all of them;
 *   <li>each group: it was for a call;
 *   <li>each rule of {@code require} and {@code deny_if}: it denied a call; and let one through;
 *   <li>each rule that asks, {@code action: require_approval} too: it asked; let a call through without asking, if it has
 *       conditions; and a call that it asked about was approved and allowed;
 *   <li>each test in a condition: it was true; false; and undecidable, if an argument can make it so;
 *   <li>each {@code arguments_schema}: it let a call through; and denied one;
 *   <li>each limit: an allowed call was charged to it; and a call found it spent.
 * </ul>
 *
 * <p>That an argument was missing is shown of a test, and not counted: most arguments are required by the tool itself, and with
 * {@code if_missing} a missing one is true or false. What no call can exercise, for another rule always decides first, stays missed;
 * {@code PolicyLint} tells why. That a call was made is counted, not that its outcome was compared.
 *
 * <p>Safe for any number of threads.
 */
public final class Coverage {
    /** A document that is read anew for each test is the same one. */
    private record Text(String name, String text) {}

    private final Map<Text, PolicyCoverage> policies = new LinkedHashMap<>();
    /** Of these nothing is told but their number: each is told of by its own test. */
    private int failedCases;

    private Coverage() {}

    /** Nothing is exercised yet of these policies. Those that govern a call later are measured too. */
    public static Coverage of(PolicyDocument... documents) {
        Coverage coverage = new Coverage();
        for (PolicyDocument document : documents) coverage.add(document);
        return coverage;
    }

    /** Measures this policy too, even if no call ever comes to it. */
    public void add(PolicyDocument document) {
        measured(requireNonNull(document, "document"));
    }

    /**
     * Notes what one call exercises.
     *
     * @param governing the policy that decides about the call; it is measured from now on
     * @param before what {@code explain} said just before the call was made
     * @throws IllegalArgumentException if that is the explanation of another policy
     */
    public synchronized void saw(PolicyDocument governing, ToolCall call, Explanation before) {
        measured(requireNonNull(governing, "governing"))
                .saw(requireNonNull(call, "call"), requireNonNull(before, "before"));
    }

    /** A case was not decided as expected, so that some of what it would have exercised was not noted. */
    synchronized void caseFailed() {
        failedCases++;
    }

    private synchronized PolicyCoverage measured(PolicyDocument document) {
        Text text = new Text(document.name(), document.text());
        return policies.computeIfAbsent(text, added -> new PolicyCoverage(document));
    }

    /** How much is exercised of all policies together: 100.0 exactly if nothing is missed; 0 if there is no policy. */
    public synchronized double percent() {
        return CoverageReport.total(policies.values()).percent();
    }

    /** What is missed, policy by policy, in the order of the documents. */
    public synchronized List<Missed> missed() {
        List<Missed> missed = new ArrayList<>();
        for (PolicyCoverage policy : policies.values()) {
            for (Point point : policy.points()) {
                if (point.missed()) missed.add(missed(policy, point));
            }
        }
        return List.copyOf(missed);
    }

    private static Missed missed(PolicyCoverage policy, Point point) {
        PolicyDocument.Position at = policy.position(point);
        return new Missed(
                policy.document().name(), point.pointer(), at.line(), at.column(), point.missing(), point.hint());
    }

    /** For people: how much of each policy is exercised, and what is missed, each with its line and what would exercise it. */
    public synchronized String report() {
        return CoverageReport.of(policies.values(), failedCases);
    }

    /**
     * The same as one page of HTML, which shows the text of each policy, line by line. Nothing of it is fetched from elsewhere,
     * and nothing of it runs.
     */
    public synchronized String html() {
        return CoveragePage.of(policies.values(), failedCases);
    }

    /**
     * Writes the page to a file, and makes the folder that it is to stand in.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public void writeHtml(Path file) {
        try {
            Path folder = requireNonNull(file, "file").toAbsolutePath().getParent();
            if (folder != null) Files.createDirectories(folder);
            Files.writeString(file, html());
        } catch (IOException e) {
            throw new UncheckedIOException("the coverage page cannot be written", e);
        }
    }

    /**
     * Holds the tests to a threshold.
     *
     * @throws AssertionError if they exercise less, or if there is no policy; its message tells what is missed
     */
    public synchronized void requireAtLeast(double percent) {
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percent must be 0 to 100, got " + percent);
        }
        if (policies.isEmpty()) throw new AssertionError("no policy was measured, so nothing is known to be tested");
        if (percent() < percent) {
            throw new AssertionError(CoverageReport.tooLittle(policies.values(), percent, failedCases));
        }
    }

    @Override
    public synchronized String toString() {
        return "Coverage[" + CoverageReport.total(policies.values()).shown() + " of " + policies.size() + " policies]";
    }

    /**
     * Something that no call has exercised.
     *
     * @param document the name of the policy's document
     * @param pointer where in it, as RFC 6901 spells it
     * @param line the line where it stands, from 1
     * @param column the column, from 1: characters, whatever their width
     * @param message what no call did
     * @param hint what kind of call would
     */
    public record Missed(String document, String pointer, int line, int column, String message, String hint) {
        public Missed {
            requireNonNull(document, "document");
            requireNonNull(pointer, "pointer");
            requireNonNull(message, "message");
            requireNonNull(hint, "hint");
            if (line < 1 || column < 1) throw new IllegalArgumentException("lines and columns are counted from 1");
        }
    }
}
