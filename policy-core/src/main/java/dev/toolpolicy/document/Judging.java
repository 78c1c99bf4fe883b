package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Policy;
import dev.toolpolicy.WideCounters;
import dev.toolpolicy.WideCounters.Clash;
import dev.toolpolicy.document.Look.Seen;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Says whether the documents that a look saw can be in force, all of them together. */
final class Judging {
    /** What becomes of them: if there are problems, not all of the policies are there, and none of them counts. */
    record Verdict(SortedMap<String, Policy> policies, FoundProblems problems) {}

    private record Known(String content, ParseResult.Parsed result) {}

    private static final int MAX_OBJECTION = 250;

    private final PolicyParser parser;
    private final Followers followers;
    /** Of many documents few change at a time. */
    private Map<String, Known> known = Map.of();

    Judging(PolicyParser parser, Followers followers) {
        this.parser = parser;
        this.followers = followers;
    }

    /**
     * What there is to say of what a look saw; empty if the files have changed since.
     *
     * @param folder where the look found no documents, if it did not
     * @param naming what a file is called in reports
     */
    Optional<Verdict> judge(Look look, Path folder, Function<Path, String> naming) {
        FoundProblems problems = new FoundProblems();
        look.fault().ifPresent(fault -> problems.add(naming.apply(folder), fault));
        SortedMap<String, Policy> policies = new TreeMap<>();
        if (!parseAll(look, naming, policies, problems)) return Optional.empty();
        Function<String, String> fileOf =
                name -> naming.apply(requireNonNull(look.documents().get(name)).path());
        if (problems.isEmpty()) {
            compareCounters(policies, fileOf, problems);
            askFollowers(policies, fileOf, problems);
        }
        return Optional.of(new Verdict(policies, problems));
    }

    private boolean parseAll(
            Look look, Function<Path, String> naming, Map<String, Policy> policies, FoundProblems problems) {
        Map<String, Known> sound = new HashMap<>();
        for (var document : look.documents().entrySet()) {
            String name = document.getKey();
            Seen seen = document.getValue();
            String file = naming.apply(seen.path());
            if (problems.areEnough(file)) break;
            Optional<ParseResult> result = result(name, seen, file);
            if (result.isEmpty()) return false;
            if (result.get() instanceof ParseResult.Parsed good) {
                policies.put(name, good.policy());
                sound.put(name, new Known(seen.content(), good));
            } else if (result.get() instanceof ParseResult.Rejected bad) {
                problems.addAll(file, bad);
            }
        }
        known = sound;
        return true;
    }

    private Optional<ParseResult> result(String name, Seen seen, String file) {
        if (seen.problem().isPresent())
            return Optional.of(FoundProblems.only(file, seen.problem().get()));
        Known before = known.get(name);
        if (before != null && before.content().equals(seen.content())) return Optional.of(before.result());
        return Looker.readAgain(seen).map(bytes -> parser.parse(file, bytes));
    }

    private static void compareCounters(
            Map<String, Policy> policies, Function<String, String> fileOf, FoundProblems problems) {
        for (Clash clash : WideCounters.clashes(policies)) {
            String file = fileOf.apply(clash.other());
            if (problems.areEnough(file)) return;
            String message = "the counter `" + Json.shown(clash.counter()) + "` means one thing in the policy `"
                    + Json.shown(clash.one()) + "` and another in `" + Json.shown(clash.other())
                    + "`, expected policies that share it to agree";
            problems.add(
                    file,
                    Problem.ofAll(
                            Code.COUNTER_CONFLICT,
                            message,
                            "make `window`, `max`, `scope` and `decimals` agree, or give one of them a name of its own"));
        }
    }

    private void askFollowers(Map<String, Policy> policies, Function<String, String> fileOf, FoundProblems problems) {
        for (var policy : policies.entrySet()) {
            String file = fileOf.apply(policy.getKey());
            for (String objection : followers.objections(policy.getValue())) {
                if (problems.areEnough(file)) return;
                problems.add(
                        file,
                        Problem.ofAll(
                                Code.NOT_SERVED,
                                "this policy cannot be served here: " + Json.shown(objection, MAX_OBJECTION),
                                "add what is missing where the policy is served, or leave out what needs it"));
            }
        }
    }
}
