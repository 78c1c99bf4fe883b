package dev.toolpolicy.spi;

import java.util.Optional;

/**
 * Asks people, and keeps what they said until a call uses it, or it lapses. Safe for any number of threads.
 *
 * <p>A question is asked once: while it waits, whoever asks the same is given the same id, which nobody can guess. An approval is
 * good for one call. Answering is no business of this interface: it is the host's, and no call reaches it.
 *
 * <p>Whatever a method throws denies the call.
 */
public interface Approvals extends AutoCloseable {
    /** How a question stands; one that nobody has asked is asked now. */
    Standing ask(Question question);

    /** How a question stands, or would if it were asked now. Asks nobody. */
    Standing look(Question question);

    /**
     * Holds an approval for one call, so that no other can use it meanwhile; empty if it was not given, is held or used already,
     * or has lapsed.
     */
    Optional<Claim> claim(String id);

    /** From now on this follower hears of every change. */
    void subscribe(Follower follower);

    /** Ends what {@link #subscribe} began. */
    void unsubscribe(Follower follower);

    /** Ends the asking. What is asked of it afterwards throws. */
    @Override
    default void close() {}

    /** Hears what happens to questions. */
    interface Follower {
        /**
         * This is about to happen. What it throws keeps it from happening, and reaches whoever wanted it: an audit log that must
         * not miss anything says no here. That a question lapses cannot be kept from happening. It must not call back.
         */
        default void happening(ApprovalEvent event) {}

        /** This has happened. What it throws is dropped. */
        default void happened(ApprovalEvent event) {}
    }

    /** An approval that is held for one call. */
    interface Claim {
        /** Uses it up, for ever: once this has returned the call may run, and no other. */
        void use();

        /** Lets go of it unused. Does nothing once it is used. */
        void release();
    }
}
