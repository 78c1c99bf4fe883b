package dev.toolpolicy.examples.cluster.approvals;

/** How much may wait for answers at once in one namespace. */
record Bounds(int perGrant, int inAll) {
    /** As many bytes, whatever the number of questions: they are kept to be shown. */
    private static final long BYTES_PER_GRANT = 4 << 20;

    private static final long BYTES_IN_ALL = 256 << 20;

    Bounds {
        if (perGrant < 1) throw new IllegalArgumentException("perGrant must be positive, got " + perGrant);
        if (inAll < perGrant) throw new IllegalArgumentException("inAll must be at least perGrant, got " + inAll);
    }

    /** Whether a question of so many bytes can be asked beside what there is. */
    boolean haveRoom(Load all, Load ofGrant, long bytes) {
        return all.waiting() < inAll
                && ofGrant.waiting() < perGrant
                && all.bytes() + bytes <= BYTES_IN_ALL
                // One may be asked, however long it is.
                && (ofGrant.bytes() == 0 || ofGrant.bytes() + bytes <= BYTES_PER_GRANT);
    }

    /**
     * What there is.
     *
     * @param waiting questions that nobody has answered
     * @param bytes of all that are not over
     */
    record Load(long waiting, long bytes) {}
}
