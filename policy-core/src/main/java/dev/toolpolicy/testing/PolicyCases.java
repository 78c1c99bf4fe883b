package dev.toolpolicy.testing;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.document.PolicyParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Test cases that are written as files beside the policies they are for: what is given, when a tool is called, what is said then.
 *
 * <p>In a test of JUnit:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> policiesDecideAsTheirCasesSay() {
 *     return PolicyCases.in(Path.of("src/test/resources/policies")).stream()
 *             .map(c -> dynamicTest(c.name(), c.source(), c::run));
 * }
 * }</pre>
 */
public final class PolicyCases {
    /** How the names of files end that hold cases. */
    static final String ENDING = ".cases.json";

    private final List<PolicyCase> cases;

    private PolicyCases(List<PolicyCase> cases) {
        this.cases = List.copyOf(cases);
    }

    /**
     * The cases of a file, or of every file {@code NAME.cases.json} in a folder and the folders below it.
     *
     * @throws InvalidCasesException if a file is none, or its policy is none; or if there is not a single case, for what tests
     *     nothing always passes
     */
    public static PolicyCases in(Path path) {
        return in(path, PolicyParser.standard());
    }

    /** The same, of policies that need a parser of their own: one with a validator for {@code arguments_schema}. */
    public static PolicyCases in(Path path, PolicyParser parser) {
        requireNonNull(parser, "parser");
        List<Path> files = files(requireNonNull(path, "path"));
        if (files.isEmpty())
            throw new InvalidCasesException(path + ": found no file `NAME" + ENDING + "` in this folder");
        return new PolicyCases(files.stream()
                .flatMap(file -> CaseFile.read(file, parser).stream())
                .toList());
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) return List.of(path);
        try (Stream<Path> below = Files.walk(path)) {
            return below.filter(file -> String.valueOf(file.getFileName()).endsWith(ENDING))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InvalidCasesException(path + ": the folder cannot be read");
        }
    }

    /** The cases, file by file, in the order in which they are written. */
    public Stream<PolicyCase> stream() {
        return cases.stream();
    }

    /**
     * How much of their policies the cases exercise; of those that only a reload brings nothing is asked. Runs all of them; what is not decided as expected counts for nothing, and is
     * told by the test of its case.
     */
    public Coverage coverage() {
        Coverage coverage = Coverage.of();
        for (PolicyCase each : cases) each.documents().forEach(coverage::add);
        for (PolicyCase each : cases) {
            try {
                each.run(judged -> judged.addTo(coverage, each.documents()));
            } catch (AssertionError e) {
                // Its own test tells of it.
            }
        }
        return coverage;
    }
}
