package dev.toolpolicy;

import java.math.BigDecimal;

/** What an allowed call has taken from its limits, and may give back. Safe from any thread. */
public interface Permit {
    /** Nothing was taken: no limit applies to the call. */
    Permit NOTHING_TAKEN = new Permit() {
        @Override
        public boolean refund() {
            return false;
        }

        @Override
        public boolean settle(String counter, BigDecimal actual) {
            return false;
        }

        @Override
        public String toString() {
            return "Permit[nothing taken]";
        }
    };

    /** Gives back all that was taken, into the windows it was taken from. Whether there was anything to give back. */
    boolean refund();

    /** Charges a counter with what the call really came to, in place of what was taken. Whether that was done. */
    boolean settle(String counter, BigDecimal actual);
}
