package dev.toolpolicy.approval;

/** A question could not be answered; nothing has changed. */
public abstract sealed class AnswerRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private AnswerRefused(String message) {
        super(message);
    }

    /** There is no such question, or it was so long ago that nothing is known of it any more. */
    public static final class Unknown extends AnswerRefused {
        private static final long serialVersionUID = 1L;

        Unknown() {
            super("there is no such question");
        }
    }

    /** Nobody answered in time: the agent has to ask again. */
    public static final class Lapsed extends AnswerRefused {
        private static final long serialVersionUID = 1L;

        Lapsed() {
            super("the question has lapsed");
        }
    }

    /** Somebody has answered already. */
    public static final class Settled extends AnswerRefused {
        private static final long serialVersionUID = 1L;

        Settled() {
            super("the question is answered already");
        }
    }

    /** This person may not answer it. */
    public static final class NotAllowed extends AnswerRefused {
        private static final long serialVersionUID = 1L;

        NotAllowed(String message) {
            super(message);
        }
    }
}
