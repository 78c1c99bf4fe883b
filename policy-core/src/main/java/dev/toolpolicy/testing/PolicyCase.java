package dev.toolpolicy.testing;

import dev.toolpolicy.approval.AnswerRefused;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.testing.CaseReader.Read;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** One case of a file: it is played from the start, with counters and approvals of its own, as often as it is run. */
public final class PolicyCase {
    private final Path file;
    private final String title;
    private final int line;
    private final Read read;
    private final Served.Policies policies;
    private final Instant begins;
    private final Map<Pointer, Integer> lines;

    PolicyCase(
            Path file,
            String title,
            int line,
            Read read,
            Served.Policies policies,
            Instant begins,
            Map<Pointer, Integer> lines) {
        this.file = file;
        this.title = title;
        this.line = line;
        this.read = read;
        this.policies = policies;
        this.begins = begins;
        this.lines = lines;
    }

    /** What it shows, as its author says it, after its file: no two cases of a folder have the same. */
    public String name() {
        return title + ": " + read.name();
    }

    /** The file in which it stands. */
    public Path file() {
        return file;
    }

    /** The line at which it begins, from 1. */
    public int line() {
        return line;
    }

    /** File and line as an address, for a test runner to lead there. */
    public URI source() {
        return URI.create(file.toUri() + "?line=" + line);
    }

    /**
     * Plays the case.
     *
     * @throws AssertionError if something is not decided as it expects: what, where in the file, and why
     */
    public void run() {
        run(judged -> {});
    }

    /** The same; of each call that is decided as expected somebody hears. */
    void run(Consumer<Scene.Judged> met) {
        TurnedClock clock = new TurnedClock(begins);
        Scene scene = new Scene(policies, clock);
        read.turned().ifPresent(when -> turn(clock, when, headline(line, "")));
        for (Step step : read.steps()) play(step, scene, met);
    }

    private void play(Step step, Scene scene, Consumer<Scene.Judged> met) {
        String name = step instanceof Step.Call call ? call.name() : "";
        step.turned().ifPresent(when -> turn(scene.clock(), when, headline(step, name)));
        if (step instanceof Step.Call call) {
            call(call, scene, met);
        } else if (step instanceof Step.Reload reload) {
            scene.reload(reload.policies());
        } else {
            answer((Step.Answer) step, scene);
        }
    }

    private void call(Step.Call step, Scene scene, Consumer<Scene.Judged> met) {
        for (int i = 1; i <= step.repeat(); i++) {
            Scene.Answer answer = scene.call(step.attempt());
            if (step.expected().isMetBy(answer.told())) {
                answer.judged().ifPresent(met);
                continue;
            }
            String which = step.repeat() == 1 ? "" : ", call " + i + " of " + step.repeat();
            throw new AssertionError(Failure.text(headline(step, step.name()) + which, step.expected(), answer));
        }
    }

    private static void turn(TurnedClock clock, Step.When when, String headline) {
        try {
            clock.turnTo(when.from(clock.instant()));
        } catch (DateTimeException e) {
            throw new AssertionError(headline + "\n  `at` is later than any clock can tell\n", e);
        }
    }

    private void answer(Step.Answer step, Scene scene) {
        try {
            if (step.approves()) scene.approve(step.who());
            else scene.reject(step.who());
        } catch (AnswerRefused | AssertionError | IllegalArgumentException e) {
            String doing = step.approves() ? "approve" : "reject";
            throw new AssertionError(
                    headline(step, "") + "\n  `" + doing + "` is refused: " + e.getMessage() + "\n", e);
        }
    }

    private String headline(Step step, String name) {
        return headline(lines.getOrDefault(step.at(), line), name);
    }

    private String headline(int at, String name) {
        String where = file + ":" + at + ": " + Json.shown(read.name(), 1_000);
        return name.isEmpty() ? where : where + ": " + Json.shown(name, 1_000);
    }

    /** The policies that it is for. */
    List<PolicyDocument> documents() {
        return policies.all();
    }

    @Override
    public String toString() {
        return name();
    }
}
