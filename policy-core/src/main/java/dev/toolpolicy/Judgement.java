package dev.toolpolicy;

/**
 * A decision, and the id under which it is recorded.
 *
 * @param id {@code ""} if nobody keeps or hears of it
 */
record Judgement(Decision decision, String id) {
    /** It could not even be tried to decide. */
    static final Judgement FAILED = new Judgement(CompiledPolicy.CHECK_FAILED, "");

    Refusal refusal() {
        return Refusal.of(decision, id);
    }
}
