package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What the README shows is what the files hold. */
class ReadmeTest {
    private static final String PACKAGE = "java/dev/toolpolicy/examples/cluster/";

    @Test
    void showsTheFiles() throws IOException {
        assertThat(Readme.blocks("java"))
                .containsExactly(
                        shown(Path.of("src/test", PACKAGE, "Shared.java")),
                        shown(Path.of("src/main", PACKAGE, "RedisStore.java")),
                        shown(Path.of("src/test", PACKAGE, "ApprovalWorker.java")));
    }

    @Test
    void theTableIsTheOneThatTheTestsMake() throws IOException {
        assertThat(Readme.blocks("sql")).containsExactly(Postgres.TABLE + "\n");
    }

    /** What stands between the two marks of a program. */
    private static String shown(Path program) throws IOException {
        String file = Files.readString(program);
        int from = file.indexOf("// README from here\n") + "// README from here\n".length();
        int to = file.lastIndexOf('\n', file.indexOf("// README to here"));
        return file.substring(from, to).stripIndent() + "\n";
    }
}
