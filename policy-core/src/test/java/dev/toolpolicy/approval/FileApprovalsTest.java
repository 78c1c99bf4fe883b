package dev.toolpolicy.approval;

import static dev.toolpolicy.approval.Questions.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.Approvals.Claim;
import dev.toolpolicy.spi.Standing.Approved;
import dev.toolpolicy.spi.Standing.Rejected;
import dev.toolpolicy.spi.Standing.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A desk in a file, and what becomes of it when the process ends, orderly or not. */
class FileApprovalsTest extends ApprovalDeskTest {
    @TempDir
    Path folder;

    @Override
    ApprovalDesk desk(Options options) {
        return options.on(FileApprovals.builder(file()).clock(clock)).build();
    }

    private Path file() {
        return folder.resolve("approvals");
    }

    private FileApprovals open() {
        return FileApprovals.builder(file()).clock(clock).build();
    }

    @Test
    void everythingIsKnownAgainAfterARestart() {
        List<AskedQuestion> before = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (FileApprovals desk = open()) {
            for (String text : List.of("pending", "approved", "rejected", "used", "held", "\u2028 \" \ud83d\ude00"))
                ids.add(ask(desk, question("alice", text)));
            desk.approve(ids.get(1), "carol");
            clock.advance(Duration.ofMinutes(1));
            desk.reject(ids.get(2), "dave", "not today");
            desk.approve(ids.get(3), "carol");
            desk.claim(ids.get(3)).orElseThrow().use();
            desk.approve(ids.get(4), "carol");
            assertThat(desk.claim(ids.get(4))).isPresent();
            for (String id : ids) before.add(desk.find(id).orElseThrow());
        }
        for (int restart = 0; restart < 2; restart++) {
            try (FileApprovals desk = open()) {
                assertThat(ids).map(id -> desk.find(id).orElseThrow()).isEqualTo(before);
                assertThat(desk.ask(question("alice", "approved"))).isInstanceOf(Approved.class);
                assertThat(desk.ask(question("alice", "rejected"))).isEqualTo(new Rejected(ids.get(2)));
                assertThat(((Waiting) desk.ask(question("alice", "pending"))).id())
                        .isEqualTo(ids.get(0));
                assertThat(desk.claim(ids.get(3))).as("used is used").isEmpty();
            }
        }
        try (FileApprovals desk = open()) {
            assertThat(desk.claim(ids.get(4)))
                    .as("nobody holds it any more, and it was not used")
                    .isPresent();
            clock.advance(Duration.ofMinutes(30));
            assertThat(desk.ask(question("alice", "rejected")))
                    .as("a rejection lapses when it would have")
                    .isInstanceOf(Waiting.class);
        }
    }

    /** Each step, and how long the journal was after it. */
    private record Step(long length, String used, String approved) {}

    @Test
    void journalThatIsCutOffAtAnyByteForgetsNoUseThatWasReported() throws IOException {
        List<Step> steps = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        try (FileApprovals desk = open()) {
            for (int i = 0; i < 2; i++) {
                ids.add(ask(desk, question("alice", "" + i)));
                desk.approve(ids.get(i), "carol");
                steps.add(new Step(Files.size(file()), "", ids.get(i)));
                Claim claim = desk.claim(ids.get(i)).orElseThrow();
                claim.use();
                steps.add(new Step(Files.size(file()), ids.get(i), ""));
            }
        }
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            try (FileApprovals desk = open()) {
                for (Step step : steps) {
                    if (step.length() > length) continue;
                    if (!step.used().isEmpty())
                        assertThat(desk.claim(step.used()))
                                .as("cut at %d", length)
                                .isEmpty();
                    else
                        assertThat(desk.find(step.approved()))
                                .as("cut at %d", length)
                                .isPresent();
                }
            }
        }
        // And filled up with zeros, as some file systems leave it after a power failure.
        for (int length = 0; length <= whole.length; length += 5) {
            byte[] filled = Arrays.copyOf(Arrays.copyOf(whole, length), length + 100);
            Files.write(file(), filled);
            int cut = length;
            try (FileApprovals desk = open()) {
                for (Step step : steps)
                    if (step.length() <= cut && !step.used().isEmpty())
                        assertThat(desk.claim(step.used())).as("cut at %d", cut).isEmpty();
            } catch (IllegalStateException e) {
                assertThat(e).as("refused, loudly").hasMessageContaining("damaged");
            }
        }
    }

    @Test
    void journalThatWasChangedAnywhereIsRefusedOrForgetsNoUse() throws IOException {
        String used;
        try (FileApprovals desk = open()) {
            used = ask(desk, question("alice", "1"));
            desk.approve(used, "carol");
            desk.claim(used).orElseThrow().use();
            ask(desk, question("alice", "2"));
        }
        byte[] whole = Files.readAllBytes(file());
        int refused = 0;
        for (int at = 0; at < whole.length; at++) {
            for (int bit : new int[] {1, 0x80}) {
                byte[] changed = whole.clone();
                changed[at] ^= (byte) bit;
                Files.write(file(), changed);
                try (FileApprovals desk = open()) {
                    assertThat(desk.claim(used)).as("byte %d", at).isEmpty();
                } catch (IllegalStateException e) {
                    assertThat(e).hasMessageContaining("damaged");
                    refused++;
                }
            }
        }
        assertThat(refused).isGreaterThan(whole.length);
    }

    @Test
    void oneProcessAtATime() {
        try (FileApprovals desk = open()) {
            assertThat(desk.pending()).isEmpty();
            assertThatIllegalStateException()
                    .isThrownBy(this::open)
                    .withMessage(
                            "the journal of approvals is already open in this process: give each process a journal of its own");
        }
        open().close();
    }

    @Test
    void onlyItsOwnerMayReadIt() throws IOException {
        Files.createFile(file());
        Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
        try (FileApprovals desk = open()) {
            ask(desk, question("alice", "1"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void whatCannotBeOpenedSaysSo() throws IOException {
        assertThatThrownBy(() ->
                        FileApprovals.builder(folder.resolve("none/approvals")).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the folder of the journal of approvals is not there");
        Path tooLong = folder.resolve("x".repeat(300));
        assertThatThrownBy(() -> FileApprovals.builder(tooLong).build())
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the journal of approvals cannot be read or written");
        Files.writeString(file(), "{\"some\": \"other file\"}, which is not short");
        assertThatIllegalStateException().isThrownBy(this::open).withMessageContaining("damaged from byte 0 on");
        assertThat(file()).as("and is left as it is").hasContent("{\"some\": \"other file\"}, which is not short");
    }

    @Test
    void interruptedThreadWritesAll() {
        String id;
        try (FileApprovals desk = open()) {
            Thread.currentThread().interrupt();
            id = ask(desk, question("alice", "1"));
            desk.approve(id, "carol");
            assertThat(Thread.interrupted()).isTrue();
        }

        try (FileApprovals again = open()) {
            assertThat(again.find(id)).map(AskedQuestion::state).contains(State.APPROVED);
        }
    }

    @Test
    void journalDoesNotGrowForEver() throws IOException {
        String large = "x".repeat(500_000);
        String last = "";
        try (FileApprovals desk = open()) {
            for (int i = 0; i < 200; i++) {
                last = ask(desk, question("alice", i + large));
                desk.approve(last, "carol");
                if (i < 199) desk.claim(last).orElseThrow().use();
            }
            assertThat(Files.size(file())).isLessThan(100_000_000L);
        }
        try (FileApprovals desk = open()) {
            assertThat(Files.size(file())).as("16 MiB of what is over").isLessThan(20_000_000L);
            assertThat(desk.claim(last)).isPresent();
        }
    }

    @Test
    void journalOfSeveralNamesIsRefused() throws IOException {
        String id;
        try (FileApprovals desk = open()) {
            id = ask(desk, question("alice", "1"));
            desk.approve(id, "carol");
        }
        Path link = Files.createSymbolicLink(folder.resolve("link"), file());
        assertThatIllegalStateException()
                .isThrownBy(() -> FileApprovals.builder(link).build())
                .withMessage("a regular file of one name is kept here, and this is something else: link");
        assertThat(link).isSymbolicLink();
        Path other = Files.createLink(folder.resolve("other"), file());
        for (Path name : List.of(other, file()))
            assertThatIllegalStateException()
                    .isThrownBy(() -> FileApprovals.builder(name).build());
        Files.delete(other);
        Path sameFolder = Files.createSymbolicLink(folder.resolve("again"), folder);
        try (FileApprovals desk =
                FileApprovals.builder(sameFolder.resolve("approvals")).build()) {
            assertThat(desk.find(id)).isPresent();
            assertThatIllegalStateException().isThrownBy(this::open);
        }
    }

    @Test
    void journalThatWasReplacedIsNotWrittenTo() throws IOException {
        try (FileApprovals desk = open()) {
            String id = ask(desk, question("alice", "1"));
            desk.approve(id, "carol");
            Files.move(file(), folder.resolve("aside"));
            Files.copy(folder.resolve("aside"), file());

            Claim claim = desk.claim(id).orElseThrow();
            assertThatIllegalStateException()
                    .isThrownBy(claim::use)
                    .withMessage("another file was put into the place of the journal of approvals");
        }
    }

    @Test
    void journalThatCannotBeShortenedIsWrittenOn() throws IOException {
        String large = "x".repeat(500_000);
        Path inTheWay = Files.createDirectories(folder.resolve("approvals.new/full"));
        try {
            assertThatThrownBy(this::open).isInstanceOf(UncheckedIOException.class);
        } finally {
            Files.delete(inTheWay);
            Files.delete(inTheWay.getParent());
        }
        try (FileApprovals desk = open()) {
            Files.createDirectories(inTheWay);
            for (int i = 0; i < 40; i++) {
                String id = ask(desk, question("alice", i + large));
                desk.approve(id, "carol");
                desk.claim(id).orElseThrow().use();
            }
            assertThat(Files.size(file())).isGreaterThan(20_000_000L);
        }
    }

    @Test
    void questionsOfAnEarlierProcessWhoseClockWasAheadTakeNoRoom() {
        clock.advance(Duration.ofDays(5_000));
        try (FileApprovals desk =
                FileApprovals.builder(file()).clock(clock).pendingAtMost(1, 1).build()) {
            ask(desk, question("alice", "1"));
        }
        clock.advance(Duration.ofDays(-5_000));
        try (FileApprovals desk =
                FileApprovals.builder(file()).clock(clock).pendingAtMost(1, 1).build()) {
            assertThat(desk.ask(question("alice", "2"))).isInstanceOf(Waiting.class);
        }
    }
}
