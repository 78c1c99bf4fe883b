package dev.toolpolicy.approval;

/**
 * A question could not be answered; nothing has changed. In one of four ways, whoever keeps the questions: approvals of the host's
 * own, in a database say, throw the same.
 */
public abstract sealed class AnswerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private AnswerRefused(String message) {
        super(message);
    }

    /** There is no such question, or it was so long ago that nothing is known of it any more. */
    public static final class Unknown extends AnswerRefused {
        private static final long serialVersionUID = 1L;

        /** Nothing is known of it. */
        public Unknown() {
            super("there is no such question");
        }
    }

    /** Nobody answered in time: the agent has to ask again. */
    public static final class Lapsed extends AnswerRefused {
        private static final long serialVersionUID = 1L;

        /** Its time is over. */
        public Lapsed() {
            super("the question has lapsed");
        }
    }

    /** Somebody has answered already. */
    public static final class Settled extends AnswerRefused {
        private static final long serialVersionUID = 1L;

        /** It has been answered. */
        public Settled() {
            super("the question is answered already");
        }
    }

    /** This person may not answer it. */
    public static final class NotAllowed extends AnswerRefused {
        private static final long serialVersionUID = 1L;

        /**
         * It is somebody else's to answer.
         *
         * @param message why, for the person who tried
         */
        public NotAllowed(String message) {
            super(message);
        }
    }
}
