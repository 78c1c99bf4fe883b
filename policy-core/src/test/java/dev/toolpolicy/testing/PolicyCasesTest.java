package dev.toolpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import dev.toolpolicy.Golden;
import dev.toolpolicy.TinySchema;
import dev.toolpolicy.document.PolicyParser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Files of cases are run as they say, and what is wrong with them, or with a policy, is told where it stands. */
class PolicyCasesTest {
    private static final Path FILES = Path.of("src/test/resources/cases");
    private static final Path CORPUS = Path.of("src/test/resources/decisions");
    /** So many questions as fill a bound that this file sets lower than it is. */
    private static final String OTHER_BOUNDS = "approvals-too-many.json";

    @TestFactory
    Stream<DynamicTest> aFolderOfCasesIsAsManyTests() {
        return PolicyCases.in(FILES.resolve("payments.cases.json")).stream()
                .map(c -> dynamicTest(c.name(), c.source(), c::run));
    }

    @TestFactory
    Stream<DynamicTest> theDecisionCorpusIsReadAsCases() throws IOException {
        PolicyParser parser = PolicyParser.with(new TinySchema());
        return corpus().stream()
                .flatMap(file -> PolicyCases.in(file, parser).stream())
                .map(c -> dynamicTest(c.name(), c.source(), c::run));
    }

    private static List<Path> corpus() throws IOException {
        try (Stream<Path> files = Files.list(CORPUS)) {
            return files.filter(file -> !file.endsWith(OTHER_BOUNDS)).sorted().toList();
        }
    }

    @Test
    void aFailureTellsWhereAndWhatAndWhy() {
        String told = PolicyCases.in(FILES.resolve("failing")).stream()
                .map(c -> catchThrowable(c::run))
                .map(failure -> failure instanceof AssertionError ? failure.getMessage() : "no failure\n")
                .collect(Collectors.joining("\n"));
        Golden.assertMatches(FILES.resolve("failing/failing.txt"), told);
    }

    @TestFactory
    Stream<DynamicTest> aFileThatIsNoneIsToldWhereItIsWrong() throws IOException {
        try (Stream<Path> files = Files.list(FILES.resolve("broken"))) {
            List<Path> broken = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
            assertThat(broken).hasSizeGreaterThan(7);
            return broken.stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> {
                        Throwable refusal = catchThrowable(() -> PolicyCases.in(file));
                        assertThat(refusal).isInstanceOf(InvalidCasesException.class);
                        Path golden = Path.of(file.toString().replace(".cases.json", ".txt"));
                        Golden.assertMatches(golden, refusal.getMessage());
                    }));
        }
    }

    @Test
    void everyCaseBeginsAnew() {
        PolicyCase limited = PolicyCases.in(FILES.resolve("payments.cases.json")).stream()
                .filter(c -> c.name().contains("three charges a minute"))
                .findFirst()
                .orElseThrow();
        for (int i = 0; i < 3; i++) limited.run();
    }

    @Test
    void whatTheCasesExerciseIsToldForEachOfTheirPolicies() {
        Coverage coverage = PolicyCases.in(FILES.resolve("payments.cases.json")).coverage();
        Golden.assertMatches(FILES.resolve("payments-coverage.txt"), coverage.report());
        assertThatThrownBy(() -> coverage.requireAtLeast(100)).isInstanceOf(AssertionError.class);
    }

    @Test
    void aCallThatIsNotDecidedAsExpectedExercisesNothing() {
        PolicyCases wrong = PolicyCases.in(FILES.resolve("wrong/wrong.cases.json"));
        assertThat(wrong.stream())
                .allSatisfy(c -> assertThat(catchThrowable(c::run)).isInstanceOf(AssertionError.class));
        Coverage coverage = wrong.coverage();
        assertThat(coverage.percent()).isZero();
        assertThat(coverage.missed()).isNotEmpty();
        String why =
                "3 cases fail: a call that is not decided as expected, and whatever follows it in its case, counts for"
                        + " nothing here";
        assertThat(coverage.report()).startsWith(why + "\n");
        assertThat(coverage.html()).contains("<p>" + why + ".</p>");
        assertThatThrownBy(() -> coverage.requireAtLeast(1)).hasMessageContaining(" is required\n" + why + "\n");
    }

    @Test
    void twoFilesThatSayTheSameAreTwoPolicies(@TempDir Path folder) throws IOException {
        for (String name : List.of("a.json", "b.json")) {
            Files.writeString(folder.resolve(name), "{\"version\":\"1\",\"default\":\"deny\"}");
        }
        Path cases = Files.writeString(folder.resolve("x.cases.json"), """
                { "policies": { "a": "a.json", "b": "b.json" },
                  "cases": [{ "name": "a", "given": { "grant": "a" }, "when": { "tool": "x" }, "then": "deny" }] }
                """);
        assertThat(PolicyCases.in(cases).coverage().percent()).isEqualTo(50.0);
    }

    private static final String ONE_CASE = """
            { "policy": { "version": "1", "default": "deny" },
              "cases": [{ "name": "no tool is allowed", "when": { "tool": "x" }, "then": "deny" }] }
            """;

    private static List<String> namesIn(Path folder) {
        return PolicyCases.in(folder).stream().map(PolicyCase::name).toList();
    }

    @Test
    void filesOfOneNameInTwoFoldersHaveCasesOfTwoNames(@TempDir Path folder) throws IOException {
        for (String below : List.of("a", "b")) {
            Files.writeString(Files.createDirectory(folder.resolve(below)).resolve("tools.cases.json"), ONE_CASE);
        }
        assertThat(namesIn(folder)).containsExactly("a/tools: no tool is allowed", "b/tools: no tool is allowed");
    }

    @Test
    void aFolderThatIsLinkedToIsTestedToo(@TempDir Path folder, @TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("tools.cases.json"), ONE_CASE);
        Files.createSymbolicLink(elsewhere.resolve("back"), elsewhere);
        Path link = Files.createSymbolicLink(folder.resolve("linked"), elsewhere);
        assertThat(namesIn(folder)).containsExactly("linked/tools: no tool is allowed");
        assertThat(namesIn(link)).containsExactly("tools: no tool is allowed");
    }

    @Test
    void aLinkToNowhereIsAMistakeAndNotAFileWithoutCases(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("tools.cases.json"), ONE_CASE);
        Files.createSymbolicLink(folder.resolve("gone.cases.json"), Path.of("nowhere.json"));
        assertThatThrownBy(() -> PolicyCases.in(folder))
                .isInstanceOf(InvalidCasesException.class)
                .hasMessageContaining("gone.cases.json: this is a link that leads to no file");
    }

    @Test
    void aMisspeltPathIsSaidToBeNowhere(@TempDir Path folder) {
        assertThatThrownBy(() -> PolicyCases.in(folder.resolve("polices")))
                .isInstanceOf(InvalidCasesException.class)
                .hasMessageContaining("polices: there is no such file or folder");
    }

    @Test
    void aFileWithoutEndIsTooLarge() {
        Path endless = Path.of("/dev/zero");
        assumeThat(endless).exists();
        assertThatThrownBy(() -> PolicyCases.in(endless))
                .isInstanceOf(InvalidCasesException.class)
                .hasMessageContaining("/dev/zero:1:1: ");
    }

    @Test
    void aClockThatIsTurnedTooFarFailsTheCase(@TempDir Path folder) throws IOException {
        String step = "{ \"at\": \"+999999999d\", \"when\": { \"tool\": \"x\" }, \"then\": \"deny\" }";
        Path file = Files.writeString(
                folder.resolve("far.cases.json"),
                "{ \"policy\": { \"version\": \"1\", \"default\": \"deny\" }, \"cases\": [{ \"name\": \"far\", \"steps\": ["
                        + String.join(", ", Collections.nCopies(400, step)) + "] }] }");
        assertThatThrownBy(() -> PolicyCases.in(file).stream().forEach(PolicyCase::run))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("far.cases.json:1: far\n  `at` is later than any clock can tell");
    }

    @Test
    void aCaseKnowsItsPlace() {
        PolicyCase first = PolicyCases.in(FILES.resolve("payments.cases.json")).stream()
                .findFirst()
                .orElseThrow();
        assertThat(first.name()).isEqualTo("payments: a small charge runs");
        assertThat(first.line()).isEqualTo(8);
        assertThat(first.source().toString()).startsWith("file:/").endsWith("/payments.cases.json?line=8");
    }

    @Test
    void aFolderWithoutCasesIsAMistake(@TempDir Path folder) {
        assertThatThrownBy(() -> PolicyCases.in(folder))
                .isInstanceOf(InvalidCasesException.class)
                .hasMessageContaining("found no file `NAME.cases.json`");
    }

    @Test
    void editorsAreToldTheSameAsTheReader() throws IOException {
        Schema schema = schema();
        for (Path file : corpus())
            assertThat(faults(schema, file)).as("%s", file).isEmpty();
        assertThat(faults(schema, FILES.resolve("payments.cases.json"))).isEmpty();
        assertThat(faults(schema, FILES.resolve("failing/failing.cases.json"))).isEmpty();
        String cases = faults(schema, FILES.resolve("broken/keys.cases.json")).toString();
        for (int broken : List.of(0, 1, 2, 3, 9, 10, 11, 12, 13, 14, 17, 18, 19, 20, 21, 22)) {
            assertThat(cases).as("case %s", broken).contains("/cases/" + broken);
        }
        assertThat(faults(schema, FILES.resolve("broken/no-policy.cases.json"))).isNotEmpty();
        assertThat(faults(schema, FILES.resolve("broken/no-cases.cases.json"))).isNotEmpty();
    }

    private static Schema schema() throws IOException {
        try (InputStream in = PolicyCases.class.getResourceAsStream("policy-cases.schema.json")) {
            return SchemaRegistry.withDialect(Dialects.getDraft7()).getSchema(in, InputFormat.JSON);
        }
    }

    private static List<String> faults(Schema schema, Path file) throws IOException {
        return schema.validate(Files.readString(file), InputFormat.JSON).stream()
                .map(fault -> fault.getInstanceLocation() + " " + fault.getMessage())
                .toList();
    }
}
