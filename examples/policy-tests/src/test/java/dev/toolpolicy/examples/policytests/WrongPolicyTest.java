package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.toolpolicy.testing.InvalidCasesException;
import dev.toolpolicy.testing.PolicyCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a team is told when somebody breaks a policy is what this module's README shows. */
class WrongPolicyTest {
    private static final Path README = Path.of("README.md");
    private static final String POLICY = "src/main/resources/policies/payments.json";
    private static final String CASES = "src/test/resources/policies/payments.cases.json";

    /** A copy of the two files, as they lie here. */
    @TempDir
    private Path folder;

    @BeforeEach
    void copy() throws IOException {
        for (String file : List.of(POLICY, CASES)) {
            Files.createDirectories(folder.resolve(file).getParent());
            Files.copy(Path.of(file), folder.resolve(file));
        }
    }

    @Test
    void readmeShowsTheCaseThatFails() throws IOException {
        change(POLICY, "\"value\": 10000,", "\"value\": 100000,");
        List<Throwable> failures = cases().stream()
                .map(c -> catchThrowable(c::run))
                .filter(failure -> failure != null)
                .toList();
        assertThat(failures).hasSize(1);
        assertThat(Files.readString(README)).contains(told(failures.get(0)));
    }

    @Test
    void readmeShowsWhatIsNotTried() throws IOException {
        change(POLICY, "[\"delete_*\"]", "[\"delete_*\", \"refund_*\"]");
        Throwable tooLittle = catchThrowable(() -> cases().coverage().requireAtLeast(100));
        assertThat(Files.readString(README)).contains(told(tooLittle));
    }

    @Test
    void readmeShowsThePolicyThatIsNone() throws IOException {
        change(POLICY, "\"deny_if\"", "\"deny_iff\"");
        Throwable refused = catchThrowable(this::cases);
        assertThat(refused).isInstanceOf(InvalidCasesException.class);
        assertThat(Files.readString(README)).contains(told(refused));
    }

    private PolicyCases cases() {
        return PolicyCases.in(folder.resolve(CASES));
    }

    private void change(String file, String from, String to) throws IOException {
        String text = Files.readString(folder.resolve(file));
        assertThat(text).contains(from);
        Files.writeString(folder.resolve(file), text.replace(from, to));
    }

    /** The message, as it would be told of the files that lie here. */
    private String told(Throwable failure) {
        return failure.getMessage()
                        .replace(folder + "/", "")
                        .replace(folder.toString(), "")
                        .strip()
                + "\n";
    }
}
