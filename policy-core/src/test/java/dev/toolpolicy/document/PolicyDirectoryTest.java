package dev.toolpolicy.document;

import static dev.toolpolicy.document.Disk.BAD;
import static dev.toolpolicy.document.Disk.digest;
import static dev.toolpolicy.document.Disk.document;
import static dev.toolpolicy.document.Disk.link;
import static dev.toolpolicy.document.Disk.replace;
import static dev.toolpolicy.document.Disk.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.Reason;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What policies that follow a folder make of all that can happen to it. */
@Timeout(60)
class PolicyDirectoryTest {
    private static final PolicyParser PARSER = PolicyParser.standard();

    @TempDir
    private Path parent;

    private Path folder;
    private final Heard follower = new Heard();

    @BeforeEach
    void writePolicies() throws IOException {
        folder = Files.createDirectory(parent.resolve("policies"));
        put("alice", "one");
        put("bob", "other");
    }

    private Path put(String name, String description) {
        return write(folder.resolve(name + ".json"), document(description));
    }

    private static Optional<String> byGrant(Identity who) {
        return Optional.of(who.grant());
    }

    private PolicyDirectory followed() {
        return followed(PolicyDirectoryTest::byGrant);
    }

    private PolicyDirectory followed(Function<Identity, Optional<String>> nameOfPolicy) {
        PolicyDirectory source = PolicyDirectory.byHand(folder, PARSER, nameOfPolicy, () -> {});
        source.subscribe(follower);
        return source;
    }

    private static String of(PolicyDirectory source, String grant) {
        return source.policyFor(Identity.of(grant)).map(Policy::description).orElse("none");
    }

    private List<String> rejected(PolicyDirectory source) {
        source.check();
        assertThat(source.status().upToDate()).isFalse();
        List<String> heard = follower.heard();
        assertThat(heard).singleElement().asString().startsWith("rejected policies [");
        String lines = heard.get(0)
                .substring("rejected policies [".length(), heard.get(0).length() - 1);
        return List.of(lines.split("(?<=]), ", -1));
    }

    private void assertReloaded(PolicyDirectory source) {
        assertThat(follower.heard())
                .containsExactly("reloaded policies " + source.status().digest());
        assertThat(source.status().upToDate()).isTrue();
        assertThat(source.status().problems()).isEmpty();
    }

    // Names

    @Test
    void everyCallerHasThePolicyOfTheName() {
        PolicyDirectory source = followed();

        assertThat(of(source, "alice")).isEqualTo("one");
        assertThat(of(source, "bob")).isEqualTo("other");
        assertThat(source.status().upToDate()).isTrue();
        assertThat(follower.heard()).isEmpty();
    }

    @Test
    void whoeverHasNoPolicyIsDeniedEverything() {
        Evaluator evaluator = Evaluator.builder(followed()).build();

        assertThat(evaluator.evaluate(ToolCall.of(Identity.of("carol"), "tool", Map.of())))
                .isInstanceOfSatisfying(
                        Deny.class, deny -> assertThat(deny.reason().code()).isEqualTo(Reason.Code.NO_POLICY));
        assertThat(followed(who -> Optional.empty()).policyFor(Identity.of("alice")))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../other/x",
                "../policies/alice",
                "./alice",
                "a/b",
                "..data/x",
                "alice.json",
                "alice\u0000",
                "",
                ".",
                "..",
                "ALICE",
                "alice "
            })
    void aNameIsNeverMadeIntoAPath(String name) throws IOException {
        for (String path : List.of("a/b", "..data/x", "../other/x")) {
            Files.createDirectories(folder.resolve(path).getParent());
            write(folder.resolve(path + ".json"), document("beyond"));
        }

        assertThat(followed(who -> Optional.of(name)).policyFor(Identity.of("alice")))
                .isEmpty();
    }

    @Test
    void anAbsolutePathIsNoName() {
        String path = folder.resolve("alice").toAbsolutePath().toString();

        assertThat(followed(who -> Optional.of(path)).policyFor(Identity.of("alice")))
                .isEmpty();
    }

    @Test
    void whatIsNoPolicyIsLeftOut() throws IOException {
        for (String name : List.of(
                ".json",
                ".hidden.json",
                "policy.schema.json",
                "policy-cases.schema.json",
                "x.cases.json",
                "notes.txt",
                "x.JSON",
                "x.json~")) write(folder.resolve(name), "no policy");
        Files.createDirectory(folder.resolve("below"));
        write(folder.resolve("below/x.json"), "no policy");

        PolicyDirectory source = followed();

        assertThat(source.status().upToDate()).isTrue();
        assertThat(of(source, "policy.schema")).isEqualTo("none");
        assertThat(of(source, "x")).isEqualTo("none");
    }

    @Test
    void theDigestIsOfNamesAndDigestsInOrder() {
        put("ä", "two");
        String pairs = "5:alice64:" + digest("one") + "3:bob64:" + digest("other") + "2:ä64:" + digest("two");

        assertThat(followed().status().digest()).isEqualTo(Sha256.of(pairs.getBytes(StandardCharsets.UTF_8)));
    }

    // The start

    @Test
    void anEmptyFolderAtTheStartThrows() throws IOException {
        Path empty = Files.createDirectory(parent.resolve("empty"));

        assertThatThrownBy(() -> PolicyDirectory.watching(empty, PARSER, PolicyDirectoryTest::byGrant))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageStartingWith(empty + ":1:1: the folder holds no policy");
    }

    @Test
    void noFolderAtTheStartThrows() {
        assertThatThrownBy(() -> PolicyDirectory.watching(parent.resolve("none"), PARSER, PolicyDirectoryTest::byGrant))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("there is no such folder");
        assertThatThrownBy(() ->
                        PolicyDirectory.watching(folder.resolve("bob.json"), PARSER, PolicyDirectoryTest::byGrant))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("this is a file, expected a folder");
    }

    @Test
    void aBadStartTellsTheProblemsOfEveryFile() {
        write(folder.resolve("alice.json"), BAD);
        write(folder.resolve("bob.json"), "");

        assertThatThrownBy(() -> PolicyDirectory.watching(folder, PARSER, PolicyDirectoryTest::byGrant))
                .isInstanceOfSatisfying(
                        InvalidPolicyException.class,
                        e -> assertThat(e.problems())
                                .extracting(Problem::code)
                                .containsExactly(Code.BAD_VALUE, Code.NOT_JSON))
                .hasMessageContaining(folder.resolve("alice.json") + ":1:26 /default: ")
                .hasMessageContaining("| {\"version\":\"1\",\"default\":\"maybe\"}")
                .hasMessageContaining(folder.resolve("bob.json") + ":1:1: ");
    }

    // What is new

    @Test
    void theWholeSetIsInForceOnceTwoLooksSawIt() {
        PolicyDirectory source = followed();
        put("alice", "two");
        put("carol", "new");
        source.look();
        assertThat(of(source, "alice") + of(source, "carol")).isEqualTo("onenone");

        source.look();
        assertThat(of(source, "alice") + of(source, "carol")).isEqualTo("twonew");
        assertThat(of(source, "bob")).isEqualTo("other");
        assertReloaded(source);
    }

    @Test
    void aSetThatIsStillBeingWrittenIsNotInForce() {
        PolicyDirectory source = followed();
        for (String name : List.of("alice", "bob", "carol")) {
            put(name, "new");
            source.look();
            assertThat(of(source, "alice") + of(source, "bob")).isEqualTo("oneother");
        }
        assertThat(follower.heard()).isEmpty();

        source.look();
        assertThat(of(source, "alice") + of(source, "bob") + of(source, "carol"))
                .isEqualTo("newnewnew");
        assertReloaded(source);
    }

    @Test
    void whatDoesNotChangeIsNotParsedAnew() {
        PolicyDirectory source = followed();
        Policy before = source.policyFor(Identity.of("bob")).orElseThrow();
        put("alice", "two");
        source.check();

        assertThat(source.policyFor(Identity.of("bob"))).containsSame(before);
    }

    @Test
    void removingAFileRevokesIt() throws IOException {
        PolicyDirectory source = followed();
        Files.delete(folder.resolve("alice.json"));
        source.check();

        assertThat(of(source, "alice")).isEqualTo("none");
        assertThat(of(source, "bob")).isEqualTo("other");
        assertReloaded(source);
    }

    @Test
    void anEmptiedFolderDeniesEverybody() throws IOException {
        PolicyDirectory source = followed();
        Files.delete(folder.resolve("alice.json"));
        Files.delete(folder.resolve("bob.json"));
        source.check();

        assertThat(of(source, "alice") + of(source, "bob")).isEqualTo("nonenone");
        assertReloaded(source);
    }

    @Test
    void aConfigMapThatIsSwappedIsFollowed() throws IOException {
        for (String version : List.of("1", "2")) {
            Path data = Files.createDirectory(parent.resolve("..2026_" + version));
            write(data.resolve("x.json"), document("x" + version));
            write(data.resolve("y.json"), document("y" + version));
        }
        folder = parent;
        link(parent.resolve("..data"), Path.of("..2026_1"));
        link(parent.resolve("x.json"), Path.of("..data/x.json"));
        link(parent.resolve("y.json"), Path.of("..data/y.json"));
        PolicyDirectory source = followed();
        assertThat(of(source, "x") + of(source, "y")).isEqualTo("x1y1");

        link(parent.resolve("..data"), Path.of("..2026_2"));
        source.look();
        source.look();

        assertThat(of(source, "x") + of(source, "y")).isEqualTo("x2y2");
        assertThat(follower.heard()).hasSize(1);
    }

    @Test
    void aFolderThatIsALinkIsFollowed() throws IOException {
        Path other = Files.createDirectory(parent.resolve("other"));
        write(other.resolve("alice.json"), document("two"));
        Path real = folder;
        folder = parent.resolve("current");
        link(folder, real);
        PolicyDirectory source = followed();

        link(folder, other);
        source.check();

        assertThat(of(source, "alice") + of(source, "bob")).isEqualTo("twonone");
    }

    @Test
    void theThreadSeesWhatChanges() throws Exception {
        CompletableFuture<String> reloaded = new CompletableFuture<>();
        try (PolicyDirectory source =
                PolicyDirectory.watching(folder, PARSER, PolicyDirectoryTest::byGrant, Duration.ofMillis(5))) {
            source.subscribe(new Heard() {
                @Override
                public void reloaded(String name, String digest) {
                    reloaded.complete(of(source, "alice"));
                }
            });
            replace(folder.resolve("alice.json"), document("two"));

            assertThat(reloaded.get(50, TimeUnit.SECONDS)).isEqualTo("two");
            assertThat(source.status().watched()).isTrue();
        }
    }

    // What is bad

    @Test
    void oneBadFileKeepsTheWholeSet() throws IOException {
        PolicyDirectory source = followed();
        put("alice", "two");
        write(folder.resolve("bob.json"), BAD);
        put("carol", "new");

        assertThat(rejected(source))
                .containsExactly("bob.json:1:26 /default: found `maybe`, expected `allow` or `deny` [BAD_VALUE]");
        assertThat(of(source, "alice") + of(source, "bob") + of(source, "carol"))
                .isEqualTo("oneothernone");
        assertThat(source.status().report()).contains("bob.json:1:26", "  1 | {");

        Files.delete(folder.resolve("bob.json"));
        source.check();
        assertThat(of(source, "alice") + of(source, "bob") + of(source, "carol"))
                .isEqualTo("twononenew");
        assertReloaded(source);
    }

    @Test
    void theProblemsOfEveryFileAreToldOnce() {
        PolicyDirectory source = followed();
        write(folder.resolve("alice.json"), BAD);
        write(folder.resolve("bob.json"), "{}");

        assertThat(rejected(source)).hasSize(3).allMatch(line -> line.matches("(alice|bob)\\.json:1:.*"));
        for (int i = 0; i < 2 * Watch.WHOLLY_EVERY; i++) source.look();
        assertThat(follower.heard()).isEmpty();
    }

    @Test
    void policiesThatDisagreeOnACounterThatTheyShareAreRejected() {
        PolicyDirectory source = followed();
        write(folder.resolve("alice.json"), limited("global", 5));
        write(folder.resolve("bob.json"), limited("global", 6));

        assertThat(rejected(source))
                .containsExactly(
                        "bob.json:1:1: the counter `calls` means one thing in the policy `alice` and another in"
                                + " `bob`, expected policies that share it to agree [COUNTER_CONFLICT]");
        assertThat(of(source, "alice")).isEqualTo("one");

        write(folder.resolve("bob.json"), limited("global", 5));
        source.check();
        assertReloaded(source);
    }

    @Test
    void policiesMayDifferInCountersOfAGrant() {
        PolicyDirectory source = followed();
        write(folder.resolve("alice.json"), limited("grant", 5));
        write(folder.resolve("bob.json"), limited("grant", 6));
        source.check();

        assertReloaded(source);
    }

    private static String limited(String scope, int max) {
        return ("{'version':'1','default':'deny','all_tools':{'limits':[{'counter':'calls','window':'day','max':" + max
                        + ",'scope':'" + scope + "'}]}}")
                .replace('\'', '"');
    }

    @Test
    void whatCannotBeServedIsNamedByItsFile() {
        PolicyDirectory source = followed();
        source.subscribe(new Heard() {
            @Override
            public Optional<String> objectionTo(Policy policy) {
                return policy.description().equals("two") ? Optional.of("not here") : Optional.empty();
            }
        });
        put("bob", "two");

        assertThat(rejected(source))
                .containsExactly("bob.json:1:1: this policy cannot be served here: not here [NOT_SERVED]");
    }

    @Test
    void aFolderThatIsGoneKeepsTheSet() throws IOException {
        PolicyDirectory source = followed();
        Files.move(folder, parent.resolve("elsewhere"));

        assertThat(rejected(source)).containsExactly("policies:1:1: there is no such folder [UNREADABLE_FILE]");
        assertThat(of(source, "alice")).isEqualTo("one");

        Files.move(parent.resolve("elsewhere"), folder);
        source.look();
        assertReloaded(source);
    }

    @Test
    void aFolderThatMayNotBeReadKeepsTheSet() throws IOException {
        PolicyDirectory source = followed();
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("---------"));
        boolean readable = Files.isReadable(folder);
        List<String> lines = readable ? List.of() : rejected(source);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assumeFalse(readable, "a superuser may read everything");

        assertThat(lines).containsExactly("policies:1:1: the folder may not be read by this process [UNREADABLE_FILE]");
    }

    @Test
    void whatIsNoRegularFileIsAProblemAndNotWaitedFor() throws Exception {
        PolicyDirectory source = followed();
        Files.createDirectory(folder.resolve("a.json"));
        link(folder.resolve("b.json"), Path.of("nowhere"));
        link(folder.resolve("c.json"), Path.of("c.json"));
        link(folder.resolve("d.json"), Path.of("/dev/zero"));
        Disk.pipe(folder.resolve("e.json"));

        String odd = "this is a pipe, a socket or a device, expected a regular file [UNREADABLE_FILE]";
        assertThat(rejected(source))
                .containsExactly(
                        "a.json:1:1: this is a folder, expected a file [UNREADABLE_FILE]",
                        "b.json:1:1: this is a link that leads to no file [UNREADABLE_FILE]",
                        "c.json:1:1: this is a link that leads to no file [UNREADABLE_FILE]",
                        "d.json:1:1: " + odd,
                        "e.json:1:1: " + odd);
        Files.delete(folder.resolve("d.json"));
    }

    @Test
    void moreProblemsThanAnybodyReadsAreNotTold() {
        for (int i = 0; i < ProblemLog.MAX_PROBLEMS + 5; i++) write(folder.resolve(i + ".json"), "x");

        assertThatThrownBy(() -> PolicyDirectory.watching(folder, PARSER, PolicyDirectoryTest::byGrant))
                .isInstanceOfSatisfying(
                        InvalidPolicyException.class,
                        e -> assertThat(e.problems())
                                .hasSize(ProblemLog.MAX_PROBLEMS + 1)
                                .last()
                                .extracting(Problem::code)
                                .isEqualTo(Code.TOO_MANY_PROBLEMS));
    }

    @Test
    void aFolderHoldsSoManyPoliciesAndNoMore() throws IOException {
        for (int i = 0; i < Folder.MAX_DOCUMENTS - 2; i++) Files.createFile(folder.resolve(i + ".json"));
        Folder followed = new Folder(folder);
        assertThat(followed.list().documents()).hasSize(Folder.MAX_DOCUMENTS);
        assertThat(followed.list().fault()).isEmpty();

        Files.createFile(folder.resolve("more.json"));
        assertThatThrownBy(() -> PolicyDirectory.watching(folder, PARSER, PolicyDirectoryTest::byGrant))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("the folder holds more than 10000 policies, expected at most that [TOO_LARGE]");
    }

    @Test
    void aNameThatIsNoTextIsAProblemAndNotLeftOut() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "no shell that writes such names");
        write(folder.resolve("good.json"), document("one"));
        Process shell = new ProcessBuilder("/bin/bash", "-c", "cp good.json $'\\xff.json'; echo '{' > $'\\xfe.json'")
                .directory(folder.toFile())
                .start();
        assumeTrue(shell.waitFor() == 0, "a file system without such names");

        assertThatThrownBy(() -> PolicyDirectory.byHand(folder, PARSER, who -> Optional.of("good"), () -> {}))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("a name that is not text in the encoding of this system");
    }
}
