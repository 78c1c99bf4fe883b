package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource.Follower;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Looks again and again, on a daemon thread of its own.
 *
 * <p>It polls: what the system tells of changes (inotify and its like) misses the targets of symbolic links, and all that other
 * machines do on a network file system.
 */
final class Watch implements AutoCloseable {
    /** Every so many looks read every byte: an edit may keep size and time. */
    static final int WHOLLY_EVERY = 5;

    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** How long a look may take until it is said that nobody watches: a follower, or a file system, may hang. */
    private static final long LONGEST_LOOK = TimeUnit.SECONDS.toNanos(30);

    private final ReentrantLock looking = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Followers followers = new Followers();
    private final Reloads reloads;
    private final Thread thread;
    private final LongSupplier nanoTime;
    /** By that clock; 0 between looks. */
    private volatile long lookingSince;

    private int looks;

    private Watch(Followed followed, PolicyParser parser, Runnable pause, long nanos, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        reloads = new Reloads(followed, requireNonNull(parser, "parser"), followers, pause);
        thread = new Thread(() -> run(nanos), "toolpolicy-watch");
        thread.setDaemon(true);
    }

    /**
     * Reads what is there, and follows it from now on.
     *
     * @throws InvalidPolicyException if what is there cannot be in force; then nothing is started
     */
    static Watch start(Followed followed, PolicyParser parser, Duration every) {
        if (every.isNegative() || every.isZero())
            throw new IllegalArgumentException("looks are some time apart, got " + every);
        long nanos = every.compareTo(LONGEST) < 0 ? every.toNanos() : Long.MAX_VALUE;
        Watch watch = new Watch(followed, parser, () -> LockSupport.parkNanos(PAUSE_NANOS), nanos, System::nanoTime);
        watch.thread.start();
        return watch;
    }

    /** Reads what is there, and looks again only when told to. */
    static Watch byHand(Followed followed, PolicyParser parser, Runnable pause) {
        return byHand(followed, parser, pause, System::nanoTime);
    }

    static Watch byHand(Followed followed, PolicyParser parser, Runnable pause, LongSupplier nanoTime) {
        return new Watch(followed, parser, pause, Long.MAX_VALUE, nanoTime);
    }

    private void run(long nanos) {
        while (closed.getCount() > 0) {
            try {
                if (!closed.await(nanos, TimeUnit.NANOSECONDS)) look();
            } catch (Throwable e) {
                // Nothing ends this thread but close(): without it, a policy that was revoked would stay in force
                // unnoticed.
            }
        }
    }

    /** Looks as the thread does: what is new must be seen by the next look too. */
    void look() {
        guarded(() -> reloads.look(++looks % WHOLLY_EVERY == 0));
    }

    /** Looks twice at once, and wholly. */
    void check() {
        guarded(() -> {
            if (reloads.look(true)) reloads.look(true);
        });
    }

    private void guarded(Runnable look) {
        // A follower that looks while it is told of a look would have others hear of the two in the wrong order.
        if (looking.isHeldByCurrentThread()) return;
        looking.lock();
        try {
            // Not 0, which says something else.
            lookingSince = nanoTime.getAsLong() | 1;
            if (closed.getCount() > 0) look.run();
        } catch (Throwable e) {
            reloads.fail();
        } finally {
            lookingSince = 0;
            looking.unlock();
        }
    }

    /** The policy of that name, among those in force. */
    Optional<Policy> policy(String name) {
        return reloads.state().policies().getOrDefault(name, Optional.empty());
    }

    WatchStatus status() {
        Reloads.State state = reloads.state();
        boolean watched = thread.isAlive() && closed.getCount() > 0 && !hangs();
        return new WatchStatus(state.digest(), state.upToDate(), watched, state.problems());
    }

    /** Whether a look has begun long ago, and not ended. */
    boolean hangs() {
        long since = lookingSince;
        return since != 0 && nanoTime.getAsLong() - since > LONGEST_LOOK;
    }

    void subscribe(Follower follower) {
        requireNonNull(follower, "follower");
        // No reload comes between the question and the place among those who are asked.
        looking.lock();
        try {
            lookingSince = nanoTime.getAsLong() | 1;
            for (Optional<Policy> policy : reloads.state().policies().values()) {
                Followers.objection(follower, policy.orElseThrow()).ifPresent(objection -> {
                    throw new IllegalStateException(objection);
                });
            }
            followers.add(follower);
            reloads.tell(follower);
        } finally {
            lookingSince = 0;
            looking.unlock();
        }
    }

    void unsubscribe(Follower follower) {
        followers.remove(requireNonNull(follower, "follower"));
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
