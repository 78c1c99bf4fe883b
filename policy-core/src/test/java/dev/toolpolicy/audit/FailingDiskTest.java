package dev.toolpolicy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.audit.JsonLinesAudit.Sync;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a write that fails leaves behind: nothing, or a log that takes no more. */
class FailingDiskTest {
    @TempDir
    Path dir;

    private final List<String> done = new ArrayList<>();
    private Predicate<String> fails = step -> false;

    /** Does what the real one does, in steps such as {@code write log}, some of which fail, a write halfway. */
    private Disk.Output open(Path path) throws IOException {
        String name = path.toString().endsWith(".head") ? "head" : "log";
        step("open " + name);
        Disk.Output real = Disk.REAL.open(path);
        return new Disk.Output() {
            @Override
            public void write(long at, byte[] bytes, int length) throws IOException {
                if (fails.test("write " + name)) real.write(at, bytes, length / 2);
                step("write " + name);
                real.write(at, bytes, length);
            }

            @Override
            public void cut(long length) throws IOException {
                step("cut " + name);
                real.cut(length);
            }

            @Override
            public void sync() throws IOException {
                step("sync " + name);
                real.sync();
            }

            @Override
            public void close() throws IOException {
                real.close();
            }
        };
    }

    private void step(String step) throws IOException {
        done.add(step);
        if (fails.test(step)) throw new IOException("no space left: " + step);
    }

    private JsonLinesAudit.Builder builder(LogDir log) {
        return log.builder().disk(this::open);
    }

    @Test
    void aLineThatIsNotWrittenIsCutBackAndTheLogGoesOnWhenThereIsRoom() {
        LogDir log = new LogDir(dir, true);
        try (JsonLinesAudit audit = builder(log).sync(Sync.EACH_RECORD).open()) {
            audit.record(Records.plain(1));
            String before = log.text();
            for (String step : List.of("write log", "sync log")) {
                fails = step::equals;
                for (int i = 0; i < 2; i++) assertFails(audit, step);
                assertThat(log.text()).isEqualTo(before);
                assertThat(log.verify().ok()).isTrue();
            }
            fails = step -> false;
            audit.record(Records.plain(2));
        }
        assertThat(log.lines()).hasSize(3);
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void aLineWhoseHeadIsNotWrittenIsCutBackToo() {
        LogDir log = new LogDir(dir, true);
        for (String step : List.of("write head", "sync head")) {
            try (JsonLinesAudit audit = builder(log).sync(Sync.EACH_RECORD).open()) {
                String before = log.text();
                int[] times = {0};
                // Once: the head of before can be written again.
                fails = s -> s.equals(step) && (step.startsWith("sync") ? times[0]++ < 1 : times[0]++ < 2);
                assertFails(audit, step);
                assertThat(log.text()).isEqualTo(before);
                assertThat(log.verify().ok()).isTrue();
                fails = s -> false;
                audit.record(Records.plain(2));
            }
            assertThat(log.verify().ok()).isTrue();
        }
    }

    @Test
    void aLogThatCannotBeCutBackTakesNoMoreUntilItIsOpenedAnew() {
        LogDir log = new LogDir(dir, true);
        JsonLinesAudit audit = builder(log).open();
        audit.record(Records.plain(1));
        fails = step -> step.equals("write log") || step.equals("cut log");
        assertFails(audit, "write log");
        fails = step -> false;
        assertThatThrownBy(() -> audit.record(Records.plain(2)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the audit log is broken: a write failed and could not be taken back; open it anew");
        audit.close();
        log.written(1);
        assertThat(log.lines().get(0)).contains("\"why\":\"torn\"");
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void aNewFileThatCannotBeMadeIsMadeByALaterRecord() {
        LogDir log = new LogDir(dir, true);
        try (JsonLinesAudit audit = builder(log).rotateAt(1).open()) {
            audit.record(Records.plain(1));
            for (String step : List.of("sync log", "open log", "write log")) {
                fails = step::equals;
                for (int i = 0; i < 2; i++) assertFails(audit, step);
                assertThat(log.verify().ok()).as(step).isTrue();
                fails = s -> false;
                audit.record(Records.plain(2));
                assertThat(log.verify().ok()).as(step).isTrue();
            }
        }
        assertThat(log.names()).contains("audit.jsonl.000004").doesNotContain("audit.jsonl.000005");
    }

    @Test
    void aLogThatCannotBeOpenedCanBeLater() {
        LogDir log = new LogDir(dir, true);
        for (String step : List.of("open head", "write head", "open log", "write log")) {
            fails = step::equals;
            assertThatThrownBy(() -> builder(log).open())
                    .as(step)
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("the audit log cannot be opened");
            fails = s -> false;
            log.written(2);
            assertThat(log.verify().ok()).as(step).isTrue();
            log.deleteAll();
        }
    }

    @Test
    void whatIsForcedToTheDeviceIsForcedBeforeTheRecordIsKept() {
        LogDir log = new LogDir(dir, false);
        try (JsonLinesAudit audit = builder(log).sync(Sync.EACH_RECORD).open()) {
            done.clear();
            audit.record(Records.plain(1));
            // The line first: a head on the device without its line would be a log that was cut off.
            assertThat(done).containsExactly("write log", "sync log", "write head", "sync head");
        }
        try (JsonLinesAudit audit = builder(log).sync(Sync.SYSTEM).open()) {
            done.clear();
            audit.record(Records.plain(1));
            assertThat(done).containsExactly("write log", "write head");
            done.clear();
            audit.sync();
            assertThat(done).containsExactly("sync log", "sync head");
            done.clear();
        }
        assertThat(done).containsExactly("sync log", "sync head");
    }

    private static void assertFails(JsonLinesAudit audit, String step) {
        assertThatThrownBy(() -> audit.record(Records.plain(9)))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the audit log cannot be written")
                .cause()
                .hasMessage("no space left: " + step);
    }

    @Test
    void aCrashRightAfterTheNextIsNoFalseAlarm() throws IOException {
        LogDir log = new LogDir(dir, true).written(3);
        byte[] oldHead = log.head();
        log.written(1);
        // A line ahead of its head, and the process that goes on with it is stopped while it writes its first line.
        log.head(oldHead);
        for (String step : List.of("write log", "write head")) {
            fails = step::equals;
            assertThatThrownBy(() -> builder(log).open()).isInstanceOf(UncheckedIOException.class);
            fails = done -> false;
            assertThat(log.verify().ok()).as(step).isTrue();
        }
        log.written(2);
        assertThat(log.verify().ok()).isTrue();
    }

    @Test
    void aHeadIsPutBackBeforeItsLine() throws IOException {
        LogDir log = new LogDir(dir, true);
        try (JsonLinesAudit audit = builder(log).sync(Sync.EACH_RECORD).open()) {
            fails = step -> step.equals("sync head") || step.equals("cut log");
            assertThatThrownBy(() -> audit.record(Records.plain(1))).isInstanceOf(UncheckedIOException.class);
            fails = step -> false;
        }
        assertThat(log.verify().ok()).isTrue();
        log.written(1);
        assertThat(log.verify().ok()).isTrue();
    }
}
