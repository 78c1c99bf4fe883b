package dev.toolpolicy.simulation;

import dev.toolpolicy.AsyncToolGuard;
import dev.toolpolicy.Decision;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Permit;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.ToolGuard;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;

/** Whoever calls the library on a machine, runs the tools, and gives back; and the people who are asked. */
final class Host {
    private static final List<Identity> GRANTS = List.of(Identity.of("alice"), Identity.of("bob"));
    private static final long PATIENCE_SECONDS = 30;
    private static final long RESTARTING = 500;

    private final World world;
    /** Nothing follows of what is done now but what is asked for. */
    private boolean calm;

    private int attempts;

    Host(World world) {
        this.world = world;
    }

    void calmDown() {
        calm = true;
    }

    void callAnything(Machine machine) {
        int kind = world.random.nextInt(10);
        if (kind < 6) call(machine, anybody(), "pay", world.random.nextLong(1, 9));
        else if (kind < 8) call(machine, anybody(), "wire", anyWired());
        else call(machine, anybody(), "ping", 1);
    }

    Identity anybody() {
        return GRANTS.get(world.chance(70) ? 0 : 1);
    }

    /** Of few, so that many ask the same. */
    long anyWired() {
        return world.random.nextLong(1, 3);
    }

    Attempt call(Machine machine, Identity who, String tool, long amount) {
        ToolCall call = ToolCall.of(who, tool, Map.of("amount", amount));
        Attempt attempt = new Attempt(++attempts, machine, call, amount);
        world.ledger.begun(attempt);
        machine.knows(attempt);
        world.transcript.tell(attempt + " on " + machine + ": " + attempt.what());
        int way = world.random.nextInt(4);
        attempt.waited = way < 2;
        world.run(attempt, () -> {
            try {
                if (way == 0) decided(attempt, machine.evaluator().evaluate(call));
                else if (way == 1) guarded(attempt);
                else cancelPerhaps(attempt, way == 2 ? async(attempt) : asyncGuarded(attempt));
            } catch (Throwable e) {
                world.ledger.require(false, attempt + ": this came out of the library: " + e);
            }
        });
        return attempt;
    }

    private void guarded(Attempt attempt) {
        String answer = ToolGuard.around(attempt.machine.evaluator())
                .call(
                        attempt.call,
                        (arguments, permit) -> {
                            runs(attempt, permit);
                            return "answer";
                        },
                        refusal -> {
                            refused(attempt, refusal);
                            return "refusal";
                        });
        world.ledger.require(!answer.isEmpty(), attempt + " has no answer");
    }

    private CompletableFuture<?> async(Attempt attempt) {
        CompletionStage<Decision> stage = attempt.machine.async().evaluate(attempt.call);
        CompletionStage<Decision> unused = stage.whenComplete((decision, thrown) -> {
            if (decision != null) decided(attempt, decision);
            else world.ledger.require(attempt.cancelled, attempt + ": the stage failed: " + thrown);
        });
        return stage.toCompletableFuture();
    }

    private CompletableFuture<?> asyncGuarded(Attempt attempt) {
        return AsyncToolGuard.around(attempt.machine.async())
                .call(
                        attempt.call,
                        (arguments, permit) -> {
                            runs(attempt, permit);
                            return CompletableFuture.completedStage("answer");
                        },
                        refusal -> {
                            refused(attempt, refusal);
                            return "refusal";
                        })
                .toCompletableFuture();
    }

    private void cancelPerhaps(Attempt attempt, CompletableFuture<?> stage) {
        if (!world.faults.happens(Fault.CANCELLED)) return;
        world.schedule.afterMillis(world.random.nextLong(300), () -> {
            if (stage.isDone() || !isHere(attempt)) return;
            attempt.cancelled = true;
            world.transcript.tell(attempt + " is cancelled");
            world.run(attempt, () -> stage.cancel(false));
            awaitGivenUp(attempt);
        });
    }

    /** What is given up is seen to on a thread of the JDK's; nothing else happens until that is done. */
    private void awaitGivenUp(Attempt attempt) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!attempt.heard || (attempt.holds && isHere(attempt))) {
            if (System.nanoTime() > until) {
                world.ledger.require(false, attempt + " was cancelled, and nobody saw to it");
                return;
            }
            LockSupport.parkNanos(10_000);
        }
    }

    private static boolean isHere(Attempt attempt) {
        return attempt.machine.lives(attempt.life);
    }

    private void decided(Attempt attempt, Decision decision) {
        if (decision instanceof Decision.Allow allow) runs(attempt, allow.permit());
        else refused(attempt, decision.refusal().orElseThrow());
    }

    private void refused(Attempt attempt, Refusal refusal) {
        if (!isHere(attempt)) return;
        world.ledger.answered(attempt, refusal.code());
        attempt.question = refusal.approvalId().orElse("");
        String about = attempt.question.isEmpty() ? "" : ", " + world.transcript.name(attempt.question);
        world.transcript.tell(attempt + ": " + refusal.code() + about);
        if (attempt.question.isEmpty()) return;
        if (world.ledger.asked(attempt, attempt.question) && !calm) askPeople(attempt);
    }

    private void runs(Attempt attempt, Permit permit) {
        if (!isHere(attempt)) return;
        world.ledger.answered(attempt, "ALLOW");
        world.ledger.ran(attempt);
        attempt.permit = permit;
        world.transcript.tell(
                attempt + " runs" + (attempt.used.isEmpty() ? "" : ", " + world.transcript.name(attempt.used)));
        if (!calm) world.schedule.afterMillis(world.random.nextLong(200), () -> end(attempt, permit));
    }

    /** What a host says of a call that ran; at times it says more than one thing. */
    private void end(Attempt attempt, Permit permit) {
        if (!isHere(attempt)) return;
        int kind = world.random.nextInt(8);
        if (kind < 2) refund(attempt, permit);
        else if (kind < 4) settle(attempt, permit, "spend");
        else if (kind < 5) settle(attempt, permit, "total");
        else say(attempt, "is done", permit::done);
        if (world.chance(20)) end(attempt, permit);
    }

    private void refund(Attempt attempt, Permit permit) {
        world.ledger.refunding(attempt);
        if (saysAtOnce(attempt)) say(attempt, "is refunded", permit::refund);
        else say(attempt, "is being refunded", permit.refundAsync());
    }

    private void settle(Attempt attempt, Permit permit, String counter) {
        long actual = world.random.nextLong(0, 12);
        world.ledger.settling(attempt, counter, actual);
        BigDecimal amount = BigDecimal.valueOf(actual);
        String what = counter + " comes to " + actual;
        if (saysAtOnce(attempt)) say(attempt, what, () -> permit.settle(counter, amount));
        else say(attempt, what, permit.settleAsync(counter, amount));
    }

    /** What a permit of who waited says later, it says on a thread of the JDK's. */
    private boolean saysAtOnce(Attempt attempt) {
        return attempt.waited || world.chance(50);
    }

    private void say(Attempt attempt, String what, Runnable work) {
        world.transcript.tell(attempt + ": " + what);
        try {
            world.run(attempt, work);
        } catch (RuntimeException | Killed e) {
            unsure(attempt, e);
        }
    }

    private void say(Attempt attempt, String what, CompletionStage<Boolean> stage) {
        world.transcript.tell(attempt + ": " + what);
        BiConsumer<Boolean, Throwable> told = (value, thrown) -> {
            if (thrown != null) unsure(attempt, thrown);
        };
        CompletionStage<Boolean> unused = stage.whenComplete(told);
    }

    private void unsure(Attempt attempt, Throwable why) {
        world.transcript.tell(attempt + ": that failed, " + why.getClass().getSimpleName());
        attempt.taken.forEach(taken -> world.ledger.doubt(taken.key));
    }

    private void askPeople(Attempt attempt) {
        world.schedule.afterMillis(world.random.nextLong(20, 3_000), () -> {
            int answer = world.random.nextInt(20);
            if (answer < 14) approve(attempt);
            else if (answer < 16) reject(attempt);
            for (int again = world.random.nextInt(1, 4); again > 0; again--) {
                world.schedule.afterMillis(world.random.nextLong(world.chance(50) ? 5 : 800), () -> callAgain(attempt));
            }
        });
    }

    /** Whoever is told to wait for a person tries again, and when the machine is back, too. */
    private void callAgain(Attempt attempt) {
        if (attempt.machine.runs()) call(attempt.machine, attempt.call.identity(), attempt.call.tool(), attempt.amount);
        else world.schedule.afterMillis(RESTARTING, () -> callAgain(attempt));
    }

    void approve(Attempt attempt) {
        if (!attempt.machine.runs()) return;
        world.transcript.tell("carol approves " + world.transcript.name(attempt.question));
        world.ledger.approving(attempt.question);
        try {
            attempt.machine.desk().approve(attempt.question, "carol");
        } catch (RuntimeException | Killed e) {
            world.transcript.tell("… which fails, " + e.getClass().getSimpleName());
        }
    }

    private void reject(Attempt attempt) {
        if (!attempt.machine.runs()) return;
        world.transcript.tell("carol rejects " + world.transcript.name(attempt.question));
        try {
            attempt.machine.desk().reject(attempt.question, "carol", "no");
        } catch (RuntimeException | Killed e) {
            world.transcript.tell("… which fails, " + e.getClass().getSimpleName());
        }
    }
}
