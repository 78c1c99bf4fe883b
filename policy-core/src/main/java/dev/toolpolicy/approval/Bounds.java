package dev.toolpolicy.approval;

/** How much may wait for answers at once. */
record Bounds(int perGrant, int inAll) {
    /** As many bytes of arguments, whatever the number of questions: they are kept to be shown. */
    private static final long BYTES_PER_GRANT = 4 << 20;

    private static final long BYTES_IN_ALL = 256 << 20;

    Bounds {
        if (perGrant < 1) throw new IllegalArgumentException("perGrant must be positive, got " + perGrant);
        if (inAll < perGrant) throw new IllegalArgumentException("inAll must be at least perGrant, got " + inAll);
    }

    long bytesPerGrant() {
        return BYTES_PER_GRANT;
    }

    long bytesInAll() {
        return BYTES_IN_ALL;
    }
}
