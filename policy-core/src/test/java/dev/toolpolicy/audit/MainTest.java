package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.toolpolicy.Golden;
import dev.toolpolicy.audit.AuditVerifier.Head;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the verifier prints, and how it ends. */
class MainTest {
    @TempDir
    Path dir;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @Test
    void itPrintsWhatItFinds() throws IOException {
        LogDir log = new LogDir(dir, true).written(4);
        Files.write(dir.resolve("key"), Records.KEY);
        Files.write(dir.resolve("other"), Records.OTHER_KEY);
        Files.write(dir.resolve("short"), new byte[3]);
        run("audit.jsonl", "--key-file", "key");
        run("--key-file", "other", "audit.jsonl");
        run("audit.jsonl");
        Head later = new Head(5, "5".repeat(64));
        run("audit.jsonl", "--key-file", "key", "--head", later.toString());
        log.text(log.text() + "{\"seq\":5");
        run("audit.jsonl", "--key-file", "key");
        log.text(log.text().replace("d-3", "d-4"));
        run("audit.jsonl", "--key-file", "key");
        run("none.jsonl");
        run();
        run("audit.jsonl", "other.jsonl");
        run("audit.jsonl", "--verbose");
        run("audit.jsonl", "--key-file");
        run("audit.jsonl", "--key-file", "missing");
        run("audit.jsonl", "--key-file", "short");
        run("audit.jsonl", "--head", "5");
        run("\0");
        Files.delete(log.log());
        Files.createDirectory(log.log());
        run("audit.jsonl", "--key-file", "key");
        Golden.assertMatches(Path.of("src/test/resources/audit/main.txt"), printed.toString(UTF_8));
    }

    private void run(String... args) {
        PrintStream out = new PrintStream(printed, true, UTF_8);
        out.println("$ AuditVerifier " + String.join(" ", args).replace('\0', '?'));
        List<String> resolved = Arrays.stream(args)
                .map(arg -> arg.startsWith("--") || arg.startsWith("5") || arg.startsWith("\0")
                        ? arg
                        : dir.resolve(arg).toString())
                .toList();
        out.println("→ " + AuditVerifier.run(resolved, out) + "\n");
    }
}
