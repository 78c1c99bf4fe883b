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

import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.document.Problem.Code;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a policy that follows a file makes of all that can happen to the file. */
@Timeout(60)
class PolicyFileTest {
    private static final Identity ALICE = Identity.of("alice");
    private static final PolicyParser PARSER = PolicyParser.standard();

    @TempDir
    private Path folder;

    private Path file;
    private final Heard follower = new Heard();

    @BeforeEach
    void writeAPolicy() {
        file = write(folder.resolve("policy.json"), document("one"));
    }

    private PolicyFile followed() {
        PolicyFile source = PolicyFile.byHand(file, PARSER, () -> {});
        source.subscribe(follower);
        return source;
    }

    private static String inForce(PolicyFile source) {
        return source.policyFor(ALICE).map(Policy::description).orElse("none");
    }

    private void assertReloaded(PolicyFile source, String description) {
        assertThat(inForce(source)).isEqualTo(description);
        assertThat(follower.heard()).containsExactly("reloaded policy.json " + digest(description));
        assertThat(source.status().upToDate()).isTrue();
        assertThat(source.status().digest()).isEqualTo(digest(description));
    }

    private void assertKept(PolicyFile source, String description, String problem) {
        assertThat(inForce(source)).isEqualTo(description);
        assertThat(follower.heard()).containsExactly("rejected policy.json [policy.json:" + problem + "]");
        assertThat(source.status().upToDate()).isFalse();
        assertThat(source.status().digest()).isEqualTo(digest(description));
        assertThat(source.status().report()).startsWith("policy.json:" + problem);
    }

    // The start

    @Test
    void theStartIsWhatIsThere() {
        PolicyFile source = followed();

        assertThat(inForce(source)).isEqualTo("one");
        assertThat(source.policyFor(Identity.of("bob"))).isSameAs(source.policyFor(ALICE));
        assertThat(source.status()).isEqualTo(new WatchStatus(digest("one"), true, false, List.of()));
        assertThat(follower.heard()).isEmpty();
    }

    @Test
    void aBadStartThrowsTheReport() throws IOException {
        for (String bad : List.of("", document("one").substring(0, 20), BAD)) {
            write(file, bad);
            assertThatThrownBy(() -> PolicyFile.watching(file, PARSER))
                    .isInstanceOf(InvalidPolicyException.class)
                    .hasMessage(((ParseResult.Rejected) PARSER.parse(file)).report())
                    .hasMessageStartingWith(file + ":1:");
        }
        Files.delete(file);
        assertThatThrownBy(() -> PolicyFile.watching(file, PARSER))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("there is no such file");
    }

    @Test
    void aBadStartStartsNoThread() {
        write(file, BAD);
        List<Thread> before = watching();

        assertThatThrownBy(() -> PolicyFile.watching(file, PARSER)).isInstanceOf(InvalidPolicyException.class);

        assertThat(before).containsAll(watching());
    }

    private static List<Thread> watching() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("toolpolicy-watch"))
                .toList();
    }

    @Test
    void aStartWaitsForWhoeverIsStillWriting() {
        write(file, document("half"));

        PolicyFile source = PolicyFile.byHand(file, PARSER, () -> write(file, document("whole")));

        assertThat(inForce(source)).isEqualTo("whole");
    }

    @Test
    void aStartDoesNotWaitForEver() {
        int[] writes = new int[1];

        assertThatThrownBy(() -> PolicyFile.byHand(file, PARSER, () -> write(file, document("write " + ++writes[0]))))
                .isInstanceOf(InvalidPolicyException.class)
                .hasMessageContaining("changes while it is read");
    }

    // What is new comes into force

    @Test
    void anEditIsInForceOnceTwoLooksSawIt() {
        PolicyFile source = followed();
        write(file, document("two"));

        source.look();
        assertThat(inForce(source)).isEqualTo("one");
        assertThat(source.status()).isEqualTo(new WatchStatus(digest("one"), false, false, List.of()));

        source.look();
        assertReloaded(source, "two");
    }

    @Test
    void whatIsStillBeingWrittenIsNeitherInForceNorReported() {
        PolicyFile source = followed();
        for (String part : List.of("", BAD, document("half"), document("more"), document("nearly"))) {
            write(file, part);
            source.look();
            assertThat(inForce(source)).isEqualTo("one");
        }
        assertThat(follower.heard()).isEmpty();

        source.look();
        assertReloaded(source, "nearly");
    }

    @Test
    void theSameBytesInAnotherFileAtEachLookAreTaken() throws IOException {
        PolicyFile source = followed();
        write(file, document("two"));
        source.look();
        replace(file, document("two"));

        source.look();
        assertReloaded(source, "two");
    }

    @Test
    void whatChangesAtEachLookIsTold() throws IOException {
        PolicyFile source = followed();
        for (int i = 0; i < 19; i++) {
            replace(file, document("version " + i));
            source.look();
        }
        assertThat(follower.heard()).isEmpty();

        for (int i = 0; i < 30; i++) {
            replace(file, document("next version " + i));
            source.look();
        }
        assertThat(follower.heard()).hasSize(1);
        assertThat(source.status().report()).contains("what is here changes while it is read");
        assertThat(inForce(source)).isEqualTo("one");

        source.look();
        assertThat(inForce(source)).isEqualTo("next version 29");
        assertThat(source.status().upToDate()).isTrue();
        assertThat(follower.heard()).hasSize(1);
    }

    @Test
    void whoFollowsARejectedSourceHearsOfIt() throws IOException {
        PolicyFile source = followed();
        write(file, "");
        source.check();
        Heard late = new Heard();

        source.subscribe(late);

        assertThat(late.heard()).isEqualTo(follower.heard()).hasSize(1);
    }

    @Test
    void anEditThatIsTakenBackAtOnceIsNoReload() {
        PolicyFile source = followed();
        write(file, "");
        source.look();
        write(file, document("one"));
        source.look();

        assertThat(source.status().upToDate()).isTrue();
        assertThat(follower.heard()).isEmpty();
    }

    @Test
    void aRenameOverItIsFollowed() throws IOException {
        PolicyFile source = followed();
        for (String next : List.of("two", "three")) {
            replace(file, document(next));
            source.look();
            source.look();
            assertReloaded(source, next);
        }
    }

    @Test
    void aLinkThatIsSetAnewIsFollowed() throws IOException {
        write(folder.resolve("a"), document("one"));
        write(folder.resolve("b"), document("two"));
        link(file, Path.of("a"));
        PolicyFile source = followed();

        link(file, Path.of("b"));
        source.look();
        source.look();

        assertReloaded(source, "two");
    }

    @Test
    void aConfigMapThatIsSwappedIsFollowed() throws IOException {
        Files.createDirectory(folder.resolve("..2026_1"));
        Files.createDirectory(folder.resolve("..2026_2"));
        write(folder.resolve("..2026_1/policy.json"), document("one"));
        write(folder.resolve("..2026_2/policy.json"), document("two"));
        link(folder.resolve("..data"), Path.of("..2026_1"));
        link(file, Path.of("..data/policy.json"));
        PolicyFile source = followed();

        link(folder.resolve("..data"), Path.of("..2026_2"));
        source.look();
        source.look();

        assertReloaded(source, "two");
    }

    @Test
    void aFileThatIsDeletedAndMadeAgainIsFollowed() throws IOException {
        PolicyFile source = followed();
        Files.delete(file);
        source.look();
        source.look();
        assertKept(source, "one", "1:1: there is no such file [UNREADABLE_FILE]");

        write(file, document("two"));
        source.look();
        source.look();
        assertReloaded(source, "two");
    }

    @Test
    void anEditThatKeepsSizeAndTimeIsSeenByALookThatReadsEverything() throws IOException {
        FileTime time = FileTime.from(Instant.EPOCH);
        Files.setLastModifiedTime(file, time);
        PolicyFile source = followed();
        write(file, document("two"));
        Files.setLastModifiedTime(file, time);

        for (int i = 0; i < Watch.WHOLLY_EVERY + 1; i++) source.look();

        assertReloaded(source, "two");
    }

    @Test
    void aTouchIsNoReload() throws IOException {
        PolicyFile source = followed();
        Files.setLastModifiedTime(file, FileTime.from(Instant.EPOCH));
        source.look();
        replace(file, document("one"));
        source.look();
        source.check();

        assertThat(follower.heard()).isEmpty();
    }

    @Test
    void aCheckNeedsNoSecondLook() throws IOException {
        PolicyFile source = followed();
        replace(file, document("two"));

        source.check();

        assertReloaded(source, "two");
    }

    // What is bad does not

    @Test
    void aBadDocumentKeepsThePolicyAndIsReportedOnce() throws IOException {
        PolicyFile source = followed();
        write(file, BAD);
        source.look();
        source.look();
        assertKept(source, "one", "1:26 /default: found `maybe`, expected `allow` or `deny` [BAD_VALUE]");
        assertThat(source.status().problems()).extracting(Problem::code).containsExactly(Code.BAD_VALUE);

        for (int i = 0; i < 2 * Watch.WHOLLY_EVERY; i++) source.look();
        replace(file, BAD);
        source.check();
        assertThat(follower.heard()).isEmpty();
    }

    @Test
    void everyOtherBadDocumentIsReported() {
        PolicyFile source = followed();
        for (String bad : List.of("", "{", BAD, "{}", BAD)) {
            write(file, bad);
            source.check();
            source.check();
            assertThat(follower.heard()).singleElement().asString().startsWith("rejected policy.json [policy.json:1:");
            assertThat(inForce(source)).isEqualTo("one");
        }
        write(file, document("two"));
        source.check();
        assertReloaded(source, "two");
    }

    @Test
    void theOldDocumentIsReportedAsGoodWhenItComesBack() {
        PolicyFile source = followed();
        write(file, BAD);
        source.check();
        follower.heard();

        write(file, document("one"));
        source.look();

        assertReloaded(source, "one");
        assertThat(source.status().problems()).isEmpty();
        assertThat(source.status().report()).isEmpty();
    }

    @Test
    void everyProblemHasALineOfItsOwn() {
        PolicyFile source = followed();
        write(file, "{\"version\":\"1\",\"defualt\":\"deny\",\"tools\":3}");
        source.check();

        assertThat(follower.heard())
                .singleElement()
                .asString()
                .matches("rejected policy.json \\[policy.json:1:16 /defualt: .*"
                        + " \\[UNKNOWN_KEY], policy.json:1:41 /tools: .* \\[WRONG_TYPE]]");
    }

    @Test
    void aNameThatWouldBreakALineIsShownInOne() {
        file = write(folder.resolve("new\nline.json"), document("one"));
        PolicyFile source = followed();
        write(file, "");
        source.check();

        assertThat(follower.heard())
                .singleElement()
                .asString()
                .startsWith("rejected new\\u000aline.json [new\\u000aline");
    }

    @Test
    void aLongNameIsShownWhole() {
        String name = "p".repeat(200) + ".json";
        file = write(folder.resolve(name), document("one"));
        PolicyFile source = followed();
        write(file, "");
        source.check();

        assertThat(follower.heard()).singleElement().asString().startsWith("rejected " + name + " [" + name + ":1:1: ");
    }

    // What is no file

    @Test
    void aPipeIsNotWaitedFor() throws Exception {
        PolicyFile source = followed();
        Files.delete(file);
        Disk.pipe(file);
        source.check();

        assertKept(
                source, "one", "1:1: this is a pipe, a socket or a device, expected a regular file [UNREADABLE_FILE]");
    }

    @Test
    void aDeviceIsNotRead() throws IOException {
        PolicyFile source = followed();
        link(file, Path.of("/dev/zero"));
        source.check();
        Files.delete(file);

        assertKept(
                source, "one", "1:1: this is a pipe, a socket or a device, expected a regular file [UNREADABLE_FILE]");
    }

    @Test
    void aFolderInItsPlaceIsAProblem() throws IOException {
        PolicyFile source = followed();
        Files.delete(file);
        Files.createDirectory(file);
        source.check();

        assertKept(source, "one", "1:1: this is a folder, expected a file [UNREADABLE_FILE]");
    }

    @Test
    void aLinkThatLeadsNowhereIsAProblem() throws IOException {
        PolicyFile source = followed();
        link(file, Path.of("nowhere"));
        source.check();

        assertKept(source, "one", "1:1: this is a link that leads to no file [UNREADABLE_FILE]");
    }

    @Test
    void aLinkThatLeadsToItselfIsAProblem() throws IOException {
        PolicyFile source = followed();
        link(file, file.getFileName());
        source.check();

        assertKept(source, "one", "1:1: this is a link that leads to no file [UNREADABLE_FILE]");
    }

    @Test
    void aFileThatIsTooLargeIsAProblem() {
        PolicyFile source = followed();
        write(file, " ".repeat(PolicyParser.MAX_BYTES + 1));
        source.check();

        assertThat(source.status().problems()).extracting(Problem::code).containsExactly(Code.TOO_LARGE);
        assertThat(inForce(source)).isEqualTo("one");
    }

    @Test
    void aFileThatMayNotBeReadIsAProblem() throws IOException {
        PolicyFile source = followed();
        replace(file, document("two"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
        assumeFalse(Files.isReadable(file), "a superuser may read everything");
        source.check();

        assertKept(source, "one", "1:1: the file may not be read by this process [UNREADABLE_FILE]");
    }

    @Test
    void whoeverHangsWhileItIsToldIsSeenInTheStatus() {
        AtomicLong time = new AtomicLong(1);
        Watch watch = Watch.byHand(new Folder(file.getParent()), PARSER, () -> {}, time::get);
        List<Boolean> hangs = new ArrayList<>();
        watch.subscribe(new Heard() {
            @Override
            public void reloaded(String source, String digest) {
                hangs.add(watch.hangs());
                time.addAndGet(Duration.ofSeconds(31).toNanos());
                hangs.add(watch.hangs());
            }
        });
        write(file, document("two"));

        watch.check();

        assertThat(hangs).containsExactly(false, true);
        assertThat(watch.hangs()).isFalse();
        watch.close();
    }
}
