package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Runs a checkout of the official JSON Schema test suite: each of its schemas is refused, or each of its cases is judged as the
 * suite says. The suite is not part of this repository: {@code -Dsuite=<its folder>} says where it is.
 *
 * <p>What was refused, and why, is left in {@code target/suite-<draft>.txt}.
 */
@EnabledIfSystemProperty(named = "suite", matches = ".+")
class OfficialSuiteTest {
    /** Patterns are RE2's, whose {@code \s} is the white space of ASCII; JavaScript's knows more. */
    private static final String WHITE_SPACE = "ecmascript-regex.json | ECMA 262 \\s matches";

    private static final String NO_WHITE_SPACE = "ecmascript-regex.json | ECMA 262 \\S matches";

    private final List<String> refusals = new ArrayList<>();
    private final List<String> wrong = new ArrayList<>();
    private final Map<String, Figures> figures = new TreeMap<>();

    @Test
    void noCaseOfDraft7IsJudgedWrong() throws IOException {
        run("draft7", "draft7", true);
    }

    /** Nearly all of it says which draft it is, and is refused for that. */
    @Test
    void noCaseOf2020Is() throws IOException {
        run("draft2020-12", "draft2020-12", true);
    }

    /** As the tools of a server give theirs: of the same draft, without saying so. */
    @Test
    void noCaseOf2020IsThatDoesNotSayWhatItIs() throws IOException {
        run("draft2020-12", "draft2020-12-unsaid", false);
    }

    private void run(String draft, String name, boolean said) throws IOException {
        Path tests = Path.of(System.getProperty("suite")).resolve("tests").resolve(draft);
        try (Stream<Path> files = Files.walk(tests)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                Path inside = tests.relativize(file);
                String kind = inside.getNameCount() == 1 ? "required" : String.valueOf(inside.getParent());
                Figures kinds = figures.computeIfAbsent(kind, key -> new Figures());
                for (Object group : (List<?>) json(Files.readString(file))) {
                    judge((Map<?, ?>) group, inside.toString(), said, kinds);
                }
            }
        }
        figures.forEach((kind, figure) -> System.out.println(name + ", " + kind + ": " + figure));
        Files.write(Path.of("target", "suite-" + name + ".txt"), refusals);
        assertThat(wrong).isEmpty();
    }

    private void judge(Map<?, ?> group, String file, boolean said, Figures kind) {
        String name = file + " | " + group.get("description");
        List<String> findings = new ArrayList<>();
        Object schema = said ? group.get("schema") : withoutDraft(group.get("schema"));
        Object compiled = SchemaReader.compile(
                schema, (pointer, message, hint) -> findings.add(pointer + " " + message + " (" + hint + ")"));
        List<?> cases = (List<?>) group.get("tests");
        if (!findings.isEmpty()) {
            kind.refusedSchemas++;
            kind.refused += cases.size();
            refusals.add(name + " | " + findings.get(0));
            return;
        }
        kind.judgedSchemas++;
        for (Object test : cases) judge((CompiledSchema) compiled, (Map<?, ?>) test, name, kind);
    }

    private void judge(CompiledSchema schema, Map<?, ?> test, String name, Figures kind) {
        boolean valid = schema.judge(test.get("data")).isEmpty();
        if (valid == (Boolean) test.get("valid")) kind.right++;
        else if (name.contains(WHITE_SPACE) || name.contains(NO_WHITE_SPACE)) kind.byRe2++;
        else wrong.add(name + " | " + test.get("description") + " | judged " + (valid ? "valid" : "invalid"));
    }

    private static Object withoutDraft(Object schema) {
        if (!(schema instanceof Map<?, ?> map)) return schema;
        Map<Object, Object> without = new LinkedHashMap<>(map);
        // Not a dialect of its own, whose words may mean nothing.
        without.remove("$schema", "https://json-schema.org/draft/2020-12/schema");
        return without;
    }

    private static Object json(String text) {
        return JsonText.read(text, 16 * 1024 * 1024).value();
    }

    private static final class Figures {
        private int judgedSchemas;
        private int refusedSchemas;
        private int right;
        private int byRe2;
        private int refused;

        @Override
        public String toString() {
            return right + " cases of " + judgedSchemas + " schemas judged as the suite says, " + byRe2
                    + " as RE2 does, " + refused + " cases of " + refusedSchemas + " schemas refused";
        }
    }
}
