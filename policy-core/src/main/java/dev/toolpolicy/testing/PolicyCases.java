package dev.toolpolicy.testing;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.document.PolicyParser;
import java.io.File;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Test cases that are written as files beside the policies they are for: what is given, when a tool is called, what is said then.
 * {@code policy-cases.schema.json}, beside this class in the jar, describes every key.
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
     * @throws InvalidCasesException if a file holds no cases that can be read, or names no policy that can be; or if there is not
     *     a single case, for what tests nothing always passes
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
                .flatMap(file -> CaseFile.read(file, title(path, file), parser).stream())
                .toList());
    }

    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) return List.of(path);
        Found found = new Found();
        try {
            // A link that is not followed would be cases that nobody misses.
            Files.walkFileTree(path, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, found);
        } catch (IOException e) {
            throw new InvalidCasesException(path + ": the folder cannot be read");
        }
        return found.files.stream().sorted().toList();
    }

    /** Collects the files that hold cases; a link to nowhere is one, so that reading it fails. */
    private static final class Found extends SimpleFileVisitor<Path> {
        private final List<Path> files = new ArrayList<>();

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean holds = String.valueOf(file.getFileName()).endsWith(ENDING) && !attributes.isOther();
            if (holds) files.add(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            // What leads back to a folder above is being looked through already.
            if (e instanceof FileSystemLoopException) return FileVisitResult.CONTINUE;
            throw e;
        }
    }

    /** What the names of its cases begin with: in a folder the way to the file, for two files may have the same name. */
    private static String title(Path path, Path file) {
        Path shown = file.equals(path) ? file.getFileName() : path.relativize(file);
        String name = String.valueOf(shown).replace(File.separatorChar, '/');
        for (String ending : List.of(ENDING, ".json")) {
            if (name.endsWith(ending)) return name.substring(0, name.length() - ending.length());
        }
        return name;
    }

    /** The cases, file by file, in the order in which they are written. */
    public Stream<PolicyCase> stream() {
        return cases.stream();
    }

    /**
     * Runs all cases, and tells how much of their policies they exercise. A call that is not decided as expected ends its case and
     * counts for nothing; the test of that case tells of it. Policies that only a reload brings into force are not measured.
     */
    public Coverage coverage() {
        Coverage coverage = Coverage.of();
        for (PolicyCase each : cases) each.documents().forEach(coverage::add);
        for (PolicyCase each : cases) {
            try {
                each.run(judged -> judged.addTo(coverage, each.documents()));
            } catch (AssertionError e) {
                // Its own test tells how.
                coverage.caseFailed();
            }
        }
        return coverage;
    }
}
