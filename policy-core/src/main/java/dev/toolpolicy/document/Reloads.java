package dev.toolpolicy.document;

import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource;
import dev.toolpolicy.document.Judging.Verdict;
import dev.toolpolicy.json.Json;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings into force what looks see, all of it or nothing, and only what two looks saw alike: the first may have come while
 * somebody was still writing. One thread looks at a time; any number read the {@link #state}.
 */
final class Reloads {
    /** How often a start looks again at what will not hold still. */
    private static final int MOST_STARTS = 20;
    /** How many looks in a row may each see something new, until that is told. */
    private static final int MOST_RESTLESS = 20;
    /** As long as systems have them: of two names that are cut, nobody could tell which is meant. */
    private static final int LONGEST_NAME = 255;

    private static final int LONGEST_PATH = 4096;

    /**
     * How things are.
     *
     * @param policies what is in force
     * @param contents what it was read from
     * @param upToDate whether that is what the last look saw
     * @param problems what is wrong with what it saw instead
     */
    record State(
            Map<String, Optional<Policy>> policies,
            Map<String, String> contents,
            String digest,
            boolean upToDate,
            List<Problem> problems) {
        State upToDate(boolean whether, List<Problem> why) {
            return new State(policies, contents, digest, whether, why);
        }
    }

    private record Rejection(Map<String, String> contents, List<String> lines) {}

    private final Followed followed;
    private final String source;
    private final Followers followers;
    private final Looker looker;
    private final Judging judging;
    private volatile State state;
    private @Nullable Look unconfirmed;
    private int restless;
    private @Nullable Rejection rejected;

    /**
     * Reads everything for the first time.
     *
     * @param pause comes between the two looks that must agree
     * @throws InvalidPolicyException if it cannot be in force
     */
    Reloads(Followed followed, PolicyParser parser, Followers followers, Runnable pause) {
        this.followed = followed;
        this.source = shortName(followed.path());
        this.followers = followers;
        this.looker = new Looker(followed);
        this.judging = new Judging(parser, followers);
        this.state = first(pause);
    }

    /** What a follower has to know who was not there when it was told. */
    void tell(PolicySource.Follower follower) {
        Rejection rejection = rejected;
        if (rejection != null) Followers.tell(follower, newcomer -> newcomer.rejected(source, rejection.lines()));
    }

    State state() {
        return state;
    }

    private State first(Runnable pause) {
        // Whoever starts a process wants to know which file it is; later on, the path is nobody else's business.
        Function<Path, String> naming = path -> Json.shown(path.toString(), LONGEST_PATH);
        for (int i = 0; i < MOST_STARTS; i++) {
            Look look = looker.look(true);
            pause.run();
            if (!look.contents().equals(looker.look(true).contents())) continue;
            Optional<Verdict> verdict = judging.judge(look, followed.path(), naming);
            if (verdict.isEmpty()) continue;
            FoundProblems problems = verdict.get().problems();
            if (problems.isEmpty() && look.documents().isEmpty())
                problems.add(naming.apply(followed.path()), Unreadable.emptyFolder());
            if (!problems.isEmpty()) throw new InvalidPolicyException(problems.rejected());
            return inForce(look, verdict.get().policies());
        }
        throw new InvalidPolicyException(FoundProblems.only(naming.apply(followed.path()), Unreadable.restless()));
    }

    /**
     * Looks, and brings into force or rejects what was seen if the look before saw the same.
     *
     * @param wholly whether every byte is read, and what was rejected is judged anew: it may have been for want of memory, or for
     *     a follower who has gone
     * @return whether another look must confirm this one
     */
    boolean look(boolean wholly) {
        Look look = looker.look(wholly || unconfirmed != null);
        Map<String, String> contents = look.contents();
        Look before = unconfirmed;
        unconfirmed = null;
        boolean known = rejected != null && rejected.contents().equals(contents);
        if (contents.equals(state.contents())) {
            restless = 0;
            recover();
        } else if (!known && (before == null || !contents.equals(before.contents()))) {
            unconfirmed = look;
            state = state.upToDate(false, state.problems());
            if (++restless % MOST_RESTLESS == 0) tellOf(Unreadable.restless());
        } else if (!known || wholly) {
            restless = 0;
            judging.judge(look, followed.path(), Reloads::shortName).ifPresent(verdict -> settle(look, verdict));
        }
        return unconfirmed != null;
    }

    private void recover() {
        state = state.upToDate(true, List.of());
        if (rejected == null) return;
        rejected = null;
        followers.reloaded(source, state.digest());
    }

    private void settle(Look look, Verdict verdict) {
        if (!verdict.problems().isEmpty()) {
            reject(look.contents(), verdict.problems());
            return;
        }
        rejected = null;
        state = inForce(look, verdict.policies());
        followers.reloaded(source, state.digest());
    }

    private void reject(Map<String, String> contents, FoundProblems problems) {
        Rejection rejection = new Rejection(contents, problems.lines());
        state = state.upToDate(false, problems.rejected().problems());
        boolean told = rejection.equals(rejected);
        rejected = rejection;
        if (!told) followers.rejected(source, rejection.lines());
    }

    /** Looking threw something, whatever that was: it is a problem like others, and the next look may be better. */
    void fail() {
        unconfirmed = null;
        tellOf(Unreadable.failed());
    }

    private void tellOf(Problem problem) {
        FoundProblems problems = new FoundProblems();
        problems.add(source, problem);
        reject(Look.contentsOfNone(problem.message()), problems);
    }

    private State inForce(Look look, SortedMap<String, Policy> policies) {
        Map<String, Optional<Policy>> byName = new LinkedHashMap<>();
        policies.forEach((name, policy) -> byName.put(name, Optional.of(policy)));
        return new State(byName, look.contents(), followed.digest(policies), true, List.of());
    }

    private static String shortName(Path path) {
        return Json.shown(Objects.toString(path.getFileName(), path.toString()), LONGEST_NAME);
    }
}
