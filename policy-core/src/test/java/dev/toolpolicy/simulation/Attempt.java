package dev.toolpolicy.simulation;

import dev.toolpolicy.Permit;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.spi.Charge;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call that a host tries to make, and all that is known of it from outside. */
final class Attempt {
    final int number;
    final Machine machine;
    /** The life of the machine in which it is made. */
    final int life;

    final ToolCall call;
    final long amount;
    /** What its counters said was taken for it; of the last to say so. */
    final List<Taken> taken = new ArrayList<>();
    /** The approval that was used for it. */
    String used = "";
    /** Whether an approval is held for it. */
    volatile boolean holds;
    /** Whether a listener heard what was decided. */
    volatile boolean heard;

    /** The decision's id in the log. */
    volatile String id = "";

    /** Whether its policy asks a person about it, as it was when that was looked up. */
    boolean asks;

    String outcome = "";
    String question = "";

    @Nullable
    Permit permit;

    boolean cancelled;
    /** Whether its host waited for the decision. */
    boolean waited;

    Attempt(int number, Machine machine, ToolCall call, long amount) {
        this.number = number;
        this.machine = machine;
        this.life = machine.life();
        this.call = call;
        this.amount = amount;
    }

    boolean answered() {
        return !outcome.isEmpty();
    }

    boolean admitted() {
        return outcome.equals("ALLOW");
    }

    /** What a person is asked about, if one is. */
    String what() {
        return call.identity().grant() + " " + call.tool() + " " + call.argumentsJson();
    }

    /** What was taken from one window of one counter. */
    static final class Taken {
        final Charge charge;
        final String key;
        final long window;
        /** How much of it is the call's in the end, at least and at most, if nothing goes wrong on the way. */
        long least;

        long most;
        boolean changed;

        Taken(Charge charge, String key, long window) {
            this.charge = charge;
            this.key = key;
            this.window = window;
            this.least = charge.units();
            this.most = charge.units();
        }
    }

    @Override
    public String toString() {
        return "call " + number;
    }
}
