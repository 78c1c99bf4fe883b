package dev.toolpolicy.simulation;

import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Approvals as one life of a machine has them: perhaps those of all machines, somewhere else, which hear when it dies. */
final class UnsureApprovals implements Approvals {
    private final Machine machine;
    private final World world;
    private final int life;
    private final Approvals approvals;
    private final List<Follower> followers = new ArrayList<>();
    private final Set<Claim> held = new LinkedHashSet<>();

    UnsureApprovals(Machine machine, Approvals approvals) {
        this.machine = machine;
        this.world = machine.world();
        this.life = machine.life();
        this.approvals = approvals;
    }

    @Override
    public Standing ask(Question question) {
        return unsure(() -> approvals.ask(question));
    }

    @Override
    public Standing look(Question question) {
        return unsure(() -> approvals.look(question));
    }

    @Override
    public Optional<Claim> claim(String id) {
        machine.mayBeKilled(life);
        if (world.faults.happens(Fault.APPROVALS_FAIL)) throw new IllegalStateException("the approvals fail");
        Optional<Claim> claim = approvals.claim(id);
        if (claim.isEmpty()) return claim;
        if (world.faults.happens(Fault.APPROVALS_UNSURE)) {
            // Nobody can let go of what nobody has: whoever keeps approvals elsewhere sees to that.
            claim.get().release();
            throw new IllegalStateException("the approvals are unsure");
        }
        held.add(claim.get());
        Attempt whose = world.current();
        if (whose != null) whose.holds = true;
        return Optional.of(new Held(id, claim.get(), whose));
    }

    private <T> T unsure(Supplier<T> work) {
        machine.mayBeKilled(life);
        if (world.faults.happens(Fault.APPROVALS_FAIL)) throw new IllegalStateException("the approvals fail");
        T value = work.get();
        machine.mayBeKilled(life);
        if (world.faults.happens(Fault.APPROVALS_UNSURE)) throw new IllegalStateException("the approvals are unsure");
        return value;
    }

    /** The machine is dead. */
    void cutOff() {
        followers.forEach(approvals::unsubscribe);
        held.forEach(Claim::release);
        held.clear();
    }

    @Override
    public void subscribe(Follower follower) {
        followers.add(follower);
        approvals.subscribe(follower);
    }

    @Override
    public void unsubscribe(Follower follower) {
        followers.remove(follower);
        approvals.unsubscribe(follower);
    }

    private final class Held implements Claim {
        private final String id;
        private final Claim claim;
        private final @Nullable Attempt whose;

        Held(String id, Claim claim, @Nullable Attempt whose) {
            this.id = id;
            this.claim = claim;
            this.whose = whose;
        }

        @Override
        public void use() {
            unsure(() -> {
                claim.use();
                held.remove(claim);
                if (whose != null) {
                    whose.used = id;
                    whose.holds = false;
                }
                return true;
            });
        }

        @Override
        public void release() {
            if (machine.lives(life)) {
                claim.release();
                held.remove(claim);
            }
            if (whose != null) whose.holds = false;
        }
    }
}
