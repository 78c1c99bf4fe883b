package dev.toolpolicy.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.audit.QueuedAudit.WhenFull;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Decided;
import dev.toolpolicy.spi.AuditRecord.Lost;
import dev.toolpolicy.spi.AuditSink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A queue keeps the order, loses nothing in silence, and does what it says when it is full. */
@Timeout(60)
class QueuedAuditTest {
    /** Takes a record for each permit, tells which one it is at, and throws what it is told to. */
    private static final class Gate implements AuditSink {
        final LinkedBlockingQueue<AuditRecord> at = new LinkedBlockingQueue<>();
        final Semaphore permits = new Semaphore(0);
        final List<AuditRecord> taken = new ArrayList<>();
        final CountDownLatch closed = new CountDownLatch(1);
        volatile Throwable failure;

        @Override
        public void record(AuditRecord record) {
            at.add(record);
            if (failure instanceof Error error) throw error;
            if (failure instanceof RuntimeException fault) throw fault;
            permits.acquireUninterruptibly();
            taken.add(record);
        }

        @Override
        public void close() {
            closed.countDown();
            if (failure instanceof RuntimeException fault) throw fault;
        }

        void open() {
            permits.release(1_000_000);
        }
    }

    private final Gate gate = new Gate();
    private final Decided one = Records.plain(1);
    private final Decided two = Records.plain(22);
    private final Decided three = Records.plain(333);
    private final Decided four = Records.plain(4444);

    @ParameterizedTest
    @EnumSource(WhenFull.class)
    void recordsArriveInTheirOrder(WhenFull whenFull) {
        gate.open();
        List<Decided> records =
                IntStream.range(0, 10_000).mapToObj(Records::plain).toList();
        try (QueuedAudit queue = QueuedAudit.before(gate, 10_000, whenFull)) {
            records.forEach(queue::record);
        }
        assertThat(gate.taken).isEqualTo(records);
        assertThat(gate.closed.getCount()).isZero();
    }

    @Test
    void aFullQueueDenies() {
        QueuedAudit queue = QueuedAudit.before(gate, 2, WhenFull.DENY);
        queue.record(one);
        queue.record(two);
        assertThatThrownBy(() -> queue.record(three))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the audit queue is full");
        gate.open();
        queue.close();
        assertThat(gate.taken).containsExactly(one, two);
        assertThat(queue.lost()).isZero();
    }

    @Test
    void aFullQueueCountsAndRecordsHowManyAreMissingWhereTheyAre() throws InterruptedException {
        QueuedAudit queue = QueuedAudit.before(gate, 2, WhenFull.COUNT);
        queue.record(one);
        queue.record(two);
        queue.record(three);
        queue.record(three);
        assertThat(queue.lost()).isEqualTo(2);
        gate.permits.release();
        assertThat(gate.at.take()).isEqualTo(one);
        // It is at the second: the first has been taken out.
        assertThat(gate.at.take()).isEqualTo(two);
        queue.record(four);
        queue.record(three);
        gate.open();
        queue.close();
        assertThat(gate.taken).containsExactly(one, two, new Lost(four.time(), 2), four, new Lost(three.time(), 1));
        assertThat(queue.lost()).isEqualTo(3);
    }

    @Test
    void aFullQueueBlocksUntilThereIsRoom() throws InterruptedException {
        QueuedAudit queue = QueuedAudit.before(gate, 1, WhenFull.BLOCK);
        queue.record(one);
        Thread waiting = new Thread(() -> queue.record(two));
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) Thread.onSpinWait();
        gate.permits.release();
        waiting.join();
        gate.open();
        queue.close();
        assertThat(gate.taken).containsExactly(one, two);
    }

    @Test
    void whoIsInterruptedWhileWaitingIsToldAndStaysInterrupted() throws InterruptedException {
        QueuedAudit queue = QueuedAudit.before(gate, 1, WhenFull.BLOCK);
        queue.record(one);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> {
            try {
                queue.record(two);
            } catch (IllegalStateException e) {
                if (Thread.currentThread().isInterrupted()) thrown.set(e);
            }
        });
        waiting.start();
        waiting.interrupt();
        waiting.join();
        assertThat(thrown.get()).hasMessage("interrupted while the audit queue was full");
        gate.open();
        queue.close();
        assertThat(gate.taken).containsExactly(one);
    }

    @Test
    void whoWaitsWhenTheQueueIsClosedIsTold() throws InterruptedException {
        QueuedAudit queue = QueuedAudit.before(gate, 1, WhenFull.BLOCK);
        queue.record(one);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread waiting = new Thread(() -> queue.record(two));
        waiting.setUncaughtExceptionHandler((thread, e) -> thrown.set(e));
        waiting.start();
        while (waiting.getState() != Thread.State.WAITING) Thread.onSpinWait();
        Thread closing = new Thread(queue::close);
        closing.start();
        waiting.join();
        assertThat(thrown.get()).hasMessage("the audit queue is closed");
        gate.open();
        closing.join();
        assertThat(gate.taken).containsExactly(one);
    }

    @Test
    void anInterruptedThreadThatNeedNotWaitIsServed() {
        gate.open();
        Thread.currentThread().interrupt();
        try (QueuedAudit queue = QueuedAudit.before(gate, 1, WhenFull.BLOCK)) {
            queue.record(one);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(gate.taken).containsExactly(one);
    }

    @Test
    void argumentsAreHeldUpToABoundAndOneRecordAlways() {
        QueuedAudit queue = QueuedAudit.before(gate, 100, WhenFull.DENY);
        Decided large = Records.decided("large", new Records.Args(List.of(), 0, 20 << 20));
        queue.record(large);
        assertThatThrownBy(() -> queue.record(one)).hasMessage("the audit queue is full");
        gate.open();
        queue.close();
        assertThat(gate.taken).containsExactly(large);
    }

    @ParameterizedTest
    @EnumSource(WhenFull.class)
    void aSinkThatFailsIsTriedAgainAndNothingIsLost(WhenFull whenFull) throws InterruptedException {
        gate.open();
        gate.failure = new StackOverflowError();
        QueuedAudit queue = QueuedAudit.before(gate, 10, whenFull);
        queue.record(one);
        // Tried a second time: that the first failed is known by now.
        assertThat(List.of(gate.at.take(), gate.at.take())).containsExactly(one, one);
        Thread waiting = new Thread(() -> queue.record(two));
        if (whenFull == WhenFull.DENY) {
            assertThatThrownBy(() -> queue.record(two))
                    .hasMessage("the audit log fails")
                    .hasCause(gate.failure);
        } else {
            waiting.start();
            if (whenFull == WhenFull.BLOCK) while (waiting.getState() != Thread.State.WAITING) Thread.onSpinWait();
        }
        gate.failure = null;
        waiting.join();
        queue.close();
        assertThat(gate.taken).containsExactlyElementsOf(whenFull == WhenFull.DENY ? List.of(one) : List.of(one, two));
        assertThat(queue.lost()).isZero();
    }

    @Test
    void whatASinkHasNotTakenWhenTheQueueIsClosedIsCountedAndTold() throws InterruptedException {
        QueuedAudit queue = QueuedAudit.before(gate, 10, WhenFull.COUNT, Duration.ofMillis(1));
        gate.failure = new IllegalStateException("no space");
        queue.record(one);
        queue.record(two);
        assertThat(List.of(gate.at.take(), gate.at.take())).containsExactly(one, one);
        assertThatThrownBy(queue::close)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the audit log did not take its last records in time; given up: 2")
                .hasCause(gate.failure);
        assertThat(queue.lost()).isEqualTo(2);
        gate.closed.await();
        queue.close();
        assertThat(gate.taken).isEmpty();
    }

    @Test
    void aSinkThatHangsDoesNotHangWhoClosesTheQueue() throws InterruptedException {
        QueuedAudit queue = QueuedAudit.before(gate, 10, WhenFull.BLOCK, Duration.ofMillis(1));
        queue.record(one);
        gate.at.take();
        assertThatThrownBy(queue::close).hasMessageEndingWith("given up: 1");
        gate.open();
        gate.closed.await();
    }

    @Test
    void aClosedQueueTakesNothing() {
        QueuedAudit queue = QueuedAudit.before(gate, 10, WhenFull.COUNT);
        queue.close();
        queue.close();
        assertThatThrownBy(() -> queue.record(one)).hasMessage("the audit queue is closed");
        assertThat(gate.closed.getCount()).isZero();
    }

    @Test
    void aSinkThatCannotBeClosedIsTold() {
        IllegalStateException fault = new IllegalStateException("no");
        QueuedAudit queue = QueuedAudit.before(gate, 10, WhenFull.COUNT);
        gate.failure = fault;
        assertThatThrownBy(queue::close)
                .hasMessage("the audit log could not be closed")
                .hasCause(fault);
    }

    @Test
    void aQueueHasRoom() {
        assertThatThrownBy(() -> QueuedAudit.before(gate, 0, WhenFull.DENY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void manyThreadsWriteOneLogThatVerifies(@TempDir Path dir) throws InterruptedException {
        LogDir log = new LogDir(dir, true);
        try (QueuedAudit queue =
                QueuedAudit.before(log.builder().rotateAt(50_000).open(), 16, WhenFull.BLOCK)) {
            List<Thread> threads = IntStream.range(0, 8)
                    .mapToObj(i ->
                            new Thread(() -> IntStream.range(0, 100).forEach(n -> queue.record(Records.plain(n)))))
                    .toList();
            threads.forEach(Thread::start);
            for (Thread thread : threads) thread.join();
        }
        assertThat(log.verify().sentence()).startsWith("OK: 8");
    }

    @Test
    void whatMayBeDroppedIsNotTakenForMandatory() {
        try (QueuedAudit counting = QueuedAudit.before(gate, 2, WhenFull.COUNT);
                QueuedAudit denying = QueuedAudit.before(new Gate(), 2, WhenFull.DENY)) {
            assertThat(counting.mayLose()).isTrue();
            assertThat(denying.mayLose()).isFalse();
            Evaluator.Builder builder = Evaluator.builder(who -> Optional.empty());
            assertThatThrownBy(() -> builder.mandatoryAudit(counting))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("a log that may drop records cannot be mandatory: give it to `audit(…)`");
            builder.mandatoryAudit(denying);
        }
    }

    @Test
    void aCallWeighsMoreThanItsText() {
        QueuedAudit queue = QueuedAudit.before(gate, 10_000, WhenFull.DENY);
        Decided large = Records.ofBytes(1 << 20);
        queue.record(large);

        assertThatThrownBy(() -> queue.record(large)).hasMessage("the audit queue is full");
        gate.open();
        queue.close();
    }
}
