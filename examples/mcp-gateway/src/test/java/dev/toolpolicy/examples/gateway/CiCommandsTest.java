package dev.toolpolicy.examples.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the commands for a build print, and with which status they end. */
class CiCommandsTest {
    private static final String CI = "src/test/resources/ci/";
    private static final String CHARGES = CI + "charges.json";
    private static final String MISSPELT = CI + "misspelt.json";
    private static final String CLEAN = CI + "clean.json";
    private static final String TOOLS = CI + "tools.json";
    private static final String CASES = CI + "charges.cases.json";
    private static final String FAILING = CI + "failing";

    @TempDir
    private Path folder;

    private record Ran(int status, String out, String err) {}

    private static Ran run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        int status = line.execute(Main.withCommand(args));
        return new Ran(
                status, out.toString().replace("\r\n", "\n"), err.toString().replace("\r\n", "\n"));
    }

    private static void pinned(String golden, List<List<String>> commands) {
        StringBuilder all = new StringBuilder();
        for (List<String> args : commands) {
            Ran ran = run(args.toArray(String[]::new));
            all.append("$ mcp-gateway ").append(String.join(" ", args)).append('\n');
            all.append(ran.out());
            if (!ran.err().isEmpty()) all.append("-- on standard error:\n").append(ran.err());
            all.append("-- ends with ").append(ran.status()).append("\n\n");
        }
        Golden.check(golden, all.toString());
    }

    @Test
    void checksArePinned() {
        pinned(
                "check.txt",
                List.of(
                        List.of("check", CLEAN),
                        List.of("check", CHARGES),
                        List.of("check", CHARGES, "--tools", TOOLS),
                        List.of("check", CHARGES, "--fail-on", "never"),
                        List.of("check", MISSPELT, CLEAN, "--fail-on", "never"),
                        List.of("check", CI + "nowhere.json"),
                        List.of("check", MISSPELT, CHARGES, "--format", "json"),
                        List.of("check", MISSPELT, CHARGES, CLEAN, "--format", "sarif"),
                        List.of("check"),
                        List.of("check", CLEAN, "--format", "xml"),
                        List.of("check", CLEAN, "--tools", CI + "nowhere.json"),
                        List.of("check", CLEAN, "--tools", CLEAN)));
    }

    @Test
    void whatCannotBePrintedIsNoSuccess() {
        Writer full = new Writer() {
            @Override
            public void write(char[] text, int from, int length) throws IOException {
                throw new IOException("no space left on device");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        StringWriter err = new StringWriter();
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(full, true)).setErr(new PrintWriter(err, true));
        assertThat(line.execute("check", CLEAN, "--format", "json")).isEqualTo(2);
        assertThat(err.toString()).contains("standard output cannot be written");
    }

    @Test
    void codeReviewFindsFilesOfWhateverName() throws Exception {
        Path here = Path.of("").toAbsolutePath();
        Map<String, String> uris = Map.of(
                "a b.json", "a%20b.json",
                "per%41cent.json", "per%2541cent.json",
                "a:b.json", "a:b.json",
                "e\u0301.json", "e%CC%81.json",
                "back\\slash.json", "back%5Cslash.json");
        for (Map.Entry<String, String> each : uris.entrySet()) {
            Path file = Files.writeString(folder.resolve(each.getKey()), "{}");
            String named = here.relativize(file).toString();
            assertThat(run("check", named, "--format", "sarif").out()).contains("/" + each.getValue() + "\"");
        }
        assertThat(run("check", "nowhere:1.json", "--format", "sarif").out()).contains("\"./nowhere:1.json\"");
    }

    @Test
    void testsArePinned() {
        pinned(
                "test.txt",
                List.of(
                        List.of("test", CASES),
                        List.of("test", CASES, "--coverage", "100"),
                        List.of("test", FAILING),
                        List.of("test", CASES, "--coverage", "101"),
                        List.of("test", "src/test/resources/golden"),
                        List.of("test", MISSPELT)));
    }

    @Test
    void explanationsArePinned() {
        pinned(
                "explain.txt",
                List.of(
                        List.of("explain", "--policy", CLEAN, "list_charges"),
                        List.of("explain", "--policy", CHARGES, "create_charge", "{\"currency\":\"gbp\"}"),
                        List.of("explain", "--policy", CHARGES, "create_charge", "{\"currency\":"),
                        List.of("explain", "--policy", MISSPELT, "list_charges"),
                        List.of("explain", "--policy", CHARGES, "list_charges", "--attribute", "tenant")));
    }

    @Test
    void callersOfAnExplanationHaveAttributes() throws Exception {
        Path scoped = Files.writeString(
                folder.resolve("scoped.json"),
                "{\"version\":\"1\",\"default\":\"deny\",\"tools\":{\"write\":{\"require\":["
                        + "{\"path\":\"identity.scopes\",\"op\":\"contains\",\"value\":\"write\"},"
                        + "{\"path\":\"identity.session\",\"op\":\"eq\",\"value\":\"s-1\"},"
                        + "{\"path\":\"identity.grant\",\"op\":\"eq\",\"value\":\"alice\"}]}}}");
        assertThat(run("explain", "--policy", scoped.toString(), "write").status())
                .isEqualTo(1);
        Ran scopes = run(
                "explain",
                "--policy",
                scoped.toString(),
                "--grant=alice",
                "--session=s-1",
                "--attribute=scopes=read",
                "--attribute=scopes=write",
                "write");
        assertThat(scopes.status()).as(scopes.out()).isZero();
    }

    @Test
    void draftsArePinned() {
        pinned("draft.txt", List.of(List.of("draft", TOOLS), List.of("draft", CLEAN)));
    }

    @Test
    void aDraftIsAPolicyThatChecks() throws Exception {
        Path draft = Files.writeString(
                folder.resolve("draft.json"), run("draft", TOOLS).out());
        Ran checked = run("check", draft.toString(), "--tools", TOOLS);
        assertThat(checked.status()).as(checked.out()).isZero();
    }

    @Test
    void thePageIsWritten() throws Exception {
        Path page = folder.resolve("coverage.html");
        assertThat(run("test", CASES, "--html", page.toString()).status()).isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("create_charge");
        assertThat(run("test", CASES, "--html", page.resolve("x.html").toString())
                        .status())
                .isEqualTo(2);
    }

    @Test
    void whatLiesBesidePoliciesIsNotChecked() throws Exception {
        Files.copy(Path.of(CLEAN), folder.resolve("clean.json"));
        for (String name : List.of("clean.cases.json", "policy.schema.json", "policy-cases.schema.json", "notes.txt")) {
            Files.writeString(folder.resolve(name), "no policy");
        }
        Ran checked = run("check", folder.toString());
        assertThat(checked.status()).as(checked.out()).isZero();
        assertThat(checked.out()).contains("clean.json: nothing found").hasLineCount(1);
        Ran named = run(
                "check",
                folder.resolve("clean.json").toString(),
                folder.resolve("clean.cases.json").toString());
        assertThat(named.out()).isEqualTo(checked.out());
        assertThat(run("check", folder.resolve("clean.cases.json").toString()).status())
                .isEqualTo(2);
        Files.copy(Path.of(MISSPELT), folder.resolve("misspelt.json"));
        assertThat(run("check", folder.toString()).status()).isEqualTo(1);
    }

    @Test
    void theVersionIsOneAndTheSame() {
        String version = run("--version").out().strip().replace("mcp-gateway ", "");
        assertThat(run("check", CHARGES, "--format", "sarif").out())
                .contains("\"semanticVersion\":\"" + version + "\"");
    }

    @Test
    void whatProgramsReadIsJson() {
        for (String format : List.of("json", "sarif", "SARIF")) {
            JsonText text = JsonText.read(
                    run("check", MISSPELT, CHARGES, "--format", format).out(), 1 << 20);
            assertThat(text.sound()).isTrue();
            assertThat(text.value()).isInstanceOf(Map.class);
        }
    }
}
