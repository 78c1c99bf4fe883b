package dev.toolpolicy.simulation;

import dev.toolpolicy.AsyncEvaluator;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicyListener.Decided;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.approval.FileApprovals;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.bucket4j.TimedCounters;
import dev.toolpolicy.simulation.MachineLog.Kind;
import dev.toolpolicy.simulation.Setup.Desk;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A machine with one process, which is killed and started anew. Its clock is its own. */
final class Machine implements InstantSource {
    private static final String NAMESPACE = "simulated";
    private static final int MOST_LIVES = 5;

    private final World world;
    private final Setup setup;
    private final @Nullable SimulatedStore store;
    private final @Nullable ApprovalDesk sharedDesk;
    private final String name;
    private final Path journal;
    private final JournalOfMachine journals;
    private final MachineLog log;
    private final IdentityHashMap<ToolCall, Attempt> attempts = new IdentityHashMap<>();

    private int life;
    private volatile boolean runs;
    private long skewMillis;
    private int version;

    private @Nullable Evaluator evaluator;
    private @Nullable AsyncEvaluator async;
    private @Nullable ApprovalDesk desk;
    private @Nullable UnsureApprovals approvals;
    private SimulatedStore.@Nullable Client client;
    private @Nullable Bucket4jCounters counters;

    Machine(
            World world,
            Setup setup,
            String name,
            @Nullable SimulatedStore store,
            @Nullable ApprovalDesk sharedDesk,
            Kind log) {
        this.world = world;
        this.setup = setup;
        this.name = name;
        this.store = store;
        this.sharedDesk = sharedDesk;
        this.journal = setup.folder().resolve("approvals of " + name);
        this.journals = new JournalOfMachine(world, journal, setup.sabotage().losesTheLastChanges());
        this.log = new MachineLog(this, log, setup.folder().resolve("log of " + name), world.chance(10));
        this.version = world.random.nextInt(Versions.ALL.size());
        if (store != null) skewMillis = world.random.nextLong(-29_000, 29_000);
    }

    World world() {
        return world;
    }

    int life() {
        return life;
    }

    boolean runs() {
        return runs;
    }

    boolean lives(int life) {
        return runs && this.life == life;
    }

    MachineLog log() {
        return log;
    }

    Evaluator evaluator() {
        return there(evaluator);
    }

    AsyncEvaluator async() {
        return there(async);
    }

    /** Where people answer what was asked here. */
    ApprovalDesk desk() {
        return there(desk);
    }

    private static <T> T there(@Nullable T part) {
        if (part == null) throw new AssertionError("it was never started");
        return part;
    }

    @Override
    public Instant instant() {
        return world.schedule.instant().plusMillis(skewMillis);
    }

    /** Clocks over one store may differ by a minute; for itself a machine may have any. */
    void setClock(boolean forward) {
        long most = store == null ? 7_200_000 : forward ? 29_000 - skewMillis : skewMillis + 29_000;
        if (most < 1) return;
        long by = world.random.nextLong(most) + 1;
        skewMillis += forward ? by : -by;
        world.transcript.tell(this + ": the clock is set by " + (forward ? by : -by) + " ms");
    }

    void reload() {
        version = world.random.nextInt(Versions.ALL.size());
        world.transcript.tell(this + ": version " + version + " of the policy");
    }

    /** Whatever is in its way, it is tried again. */
    void start() {
        if (runs) return;
        log.close();
        if (setup.desk() == Desk.FILE) {
            if (desk != null) desk.close();
            journals.found(life > 0);
        }
        life++;
        runs = true;
        int begun = life;
        try {
            build();
        } catch (Killed e) {
            return;
        } catch (UncheckedIOException e) {
            if (lives(begun)) kill();
            return;
        }
        world.transcript.tell(this + ": started, version " + version);
    }

    private void build() {
        Bucket4jCounters counters = counters();
        this.counters = counters;
        ApprovalDesk desk = newDesk();
        this.desk = desk;
        UnsureApprovals approvals = new UnsureApprovals(this, setup.sabotage().of(desk));
        this.approvals = approvals;
        Evaluator.Builder builder = Evaluator.builder(this::policy)
                .counters(new UnsureCounters(this, setup.sabotage().of((Counters) counters), store != null))
                .approvals(approvals)
                .clock(this)
                .namespace(NAMESPACE)
                .listener(this::hear);
        if (log.kind != Kind.NONE)
            builder.mandatoryAudit(new UnsureAudit(this, setup.sabotage().of(log.open())));
        Evaluator evaluator = builder.build();
        this.evaluator = evaluator;
        async = AsyncEvaluator.of(evaluator, world.executorOf(this));
    }

    private Optional<Policy> policy(Identity who) {
        Attempt whose = world.current();
        if (whose != null) whose.asks = Versions.asks(version, whose.call.tool(), whose.amount);
        return Optional.of(Versions.ALL.get(version));
    }

    private void hear(Decided decided) {
        Attempt whose = attempts.get(decided.call());
        if (whose == null) return;
        whose.id = decided.id();
        whose.heard = true;
    }

    private Bucket4jCounters counters() {
        if (store == null) return Bucket4jCounters.inMemory();
        SimulatedStore.Client client = store.new Client(this);
        this.client = client;
        return TimedCounters.over(NAMESPACE, client, world.schedule);
    }

    private ApprovalDesk newDesk() {
        if (setup.desk() == Desk.SHARED) return there(sharedDesk);
        if (setup.desk() == Desk.MEMORY)
            return InMemoryApprovals.builder().clock(this).build();
        return FileApprovals.builder(journal).clock(this).build();
    }

    /** A moment in which it may die. */
    void mayBeKilled(int life) {
        if (lives(life) && life < MOST_LIVES && world.faults.happensRarely(Fault.KILLED)) kill();
        if (!lives(life)) throw new Killed();
    }

    void kill() {
        // A queue is emptied first: what it holds is gone with the process, as it says.
        if (log.kind == Kind.QUEUE) log.close();
        runs = false;
        world.transcript.tell(this + ": killed");
        if (client != null) client.doubtAll();
        if (approvals != null) approvals.cutOff();
        world.schedule.afterMillis(world.random.nextLong(10, 2_000), this::start);
    }

    void stopForGood() {
        runs = false;
        log.close();
        if (setup.desk() == Desk.FILE) desk().close();
    }

    /** By which key the ledger knows a window of a counter. */
    String key(Charge charge, long window) {
        String key = TimedCounters.key(NAMESPACE, charge, window);
        return store != null ? key : this + ", life " + life + ": " + key;
    }

    void knows(Attempt attempt) {
        attempts.put(attempt.call, attempt);
    }

    /** What is counted in this machine's own memory, of what the attempts of this life took. */
    Map<String, Long> counted() {
        Map<String, Long> counted = new HashMap<>();
        for (Attempt attempt : world.ledger.attempts()) {
            if (attempt.machine != this || attempt.life != life) continue;
            for (Attempt.Taken taken : attempt.taken) {
                Charge asked = taken.charge;
                Charge any = new Charge(
                        asked.namespace(), asked.counter(), asked.caller(), asked.windowSeconds(), 1L << 40, 0);
                var left = there(counters).look(List.of(any), instant()).get(0);
                if (left.window() == taken.window) counted.put(taken.key, any.max() - left.units());
            }
        }
        return counted;
    }

    void doubtWhatItKeptToItself() {
        if (client != null) client.doubtAllIfItStoppedAsking();
    }

    @Override
    public String toString() {
        return name;
    }
}
