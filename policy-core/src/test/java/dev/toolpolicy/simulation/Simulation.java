package dev.toolpolicy.simulation;

import dev.toolpolicy.Identity;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.simulation.MachineLog.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One seed: calls in a world in which things go wrong, then one in which nothing does any more. */
final class Simulation {
    /**
     * What came of a seed.
     *
     * @param broken what must never be and was; {@code ""} if nothing was
     */
    record Result(long seed, String broken, String transcript, Map<Fault, Long> faults, Map<String, Long> outcomes) {}

    private static final Identity NEW = Identity.of("zoe");
    private static final Duration LONGER_THAN_A_QUESTION = Duration.ofMinutes(40);
    private static final Duration LONGER_THAN_CLOCKS_DIFFER = Duration.ofDays(7);

    private final long seed;
    private final World world;
    private final Host host;
    private final Setup setup;
    private final List<Machine> machines = new ArrayList<>();
    private final SimulatedStore store;

    private Simulation(long seed, Path folder, Sabotage sabotage) {
        this.seed = seed;
        world = new World(seed);
        host = new Host(world);
        setup = Setup.drawn(world.random, folder, sabotage);
        store = new SimulatedStore(world, setup.swaps(), sabotage.replays());
        var desk = InMemoryApprovals.builder().clock(world.schedule::instant).build();
        for (int i = 0; i < setup.machines(); i++) {
            machines.add(new Machine(world, setup, "machine " + i, setup.shared() ? store : null, desk, drawnLog()));
        }
    }

    /** Files are slow. */
    private Kind drawnLog() {
        int kind = world.random.nextInt(24);
        if (kind == 0) return Kind.QUEUE;
        if (kind < 4) return Kind.FILE;
        return kind < 8 ? Kind.NONE : Kind.LIST;
    }

    /**
     * Plays a seed.
     *
     * @param folder which is empty
     */
    static Result of(long seed, Path folder, Sabotage sabotage) {
        Simulation simulation = new Simulation(seed, folder, sabotage);
        World world = simulation.world;
        try {
            simulation.play();
        } catch (Throwable e) {
            world.ledger.require(false, "it ends with " + e + ", at " + List.of(e.getStackTrace()));
        } finally {
            simulation.machines.forEach(Machine::stopForGood);
        }
        return new Result(
                seed, world.ledger.broken(), world.transcript.text(), world.faults.happened(), world.ledger.outcomes);
    }

    private void play() {
        world.transcript.tell("seed " + seed + ": " + setup.machines() + " machines, "
                + (setup.shared() ? "one store" : "counters of their own") + ", approvals " + setup.desk());
        machines.forEach(Machine::start);
        long at = 0;
        for (int i = world.random.nextInt(12, 32); i > 0; i--) {
            at += pause();
            world.schedule.afterMillis(at, this::something);
        }
        world.schedule.toTheEnd();
        requireAtRest();
        requireThatAllGoesAgain();
    }

    private long pause() {
        if (world.chance(40)) return world.random.nextLong(3);
        return world.random.nextLong(world.chance(10) ? 15_000 : 400);
    }

    private void something() {
        Machine machine = machines.get(world.random.nextInt(machines.size()));
        if (world.chance(6)) machine.reload();
        if (world.faults.happens(Fault.CLOCK_FORWARD)) machine.setClock(true);
        if (world.faults.happens(Fault.CLOCK_BACK)) machine.setClock(false);
        if (setup.shared() && world.faults.happensRarely(Fault.STORE_EMPTIED)) store.empty();
        if (setup.shared() && world.faults.happens(Fault.STORE_AWAY)) store.goAway(world.random.nextLong(10, 2_000));
        if (machine.runs()) host.callAnything(machine);
    }

    private void requireAtRest() {
        machines.forEach(Machine::doubtWhatItKeptToItself);
        world.ledger.requireAnswers();
        if (setup.shared()) world.ledger.requireCounted(store.counted());
        else machines.forEach(machine -> world.ledger.requireCounted(machine.counted()));
    }

    /** Nothing is held for ever. */
    private void requireThatAllGoesAgain() {
        world.faults.stop();
        host.calmDown();
        world.transcript.tell("nothing goes wrong any more");
        for (Machine machine : machines) {
            host.call(machine, NEW, "ping", 1);
            world.schedule.toTheEnd();
            // Somebody sees to what says that it has to be opened anew.
            if (machine.log().isStuck()) machine.kill();
        }
        world.schedule.pass(LONGER_THAN_CLOCKS_DIFFER);
        for (Machine machine : machines) {
            require(machine, NEW, "ping", 1, "ALLOW");
            require(machine, NEW, "pay", 1, "ALLOW");
            // What was asked before may be held by a call that is long over.
            Identity asker = host.anybody();
            long amount = host.anyWired();
            host.approve(require(machine, asker, "wire", amount, "NEEDS_APPROVAL"));
            require(machine, asker, "wire", amount, "ALLOW");
            require(machine, asker, "wire", amount, "NEEDS_APPROVAL");
            world.schedule.pass(LONGER_THAN_A_QUESTION);
        }
        for (Machine machine : machines) {
            machine.stopForGood();
            if (machine.log().kind != Kind.NONE)
                world.ledger.requireRecorded(machine, machine.log().recorded());
        }
    }

    private Attempt require(Machine machine, Identity who, String tool, long amount, String outcome) {
        Attempt attempt = host.call(machine, who, tool, amount);
        world.schedule.toTheEnd();
        world.ledger.require(
                attempt.outcome.equals(outcome),
                attempt + " comes to " + attempt.outcome + " when all is well, and not to " + outcome);
        return attempt;
    }
}
