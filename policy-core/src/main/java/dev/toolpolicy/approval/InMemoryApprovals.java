package dev.toolpolicy.approval;

/** Approvals in the memory of this process: when it ends, every question and every answer is gone. */
public final class InMemoryApprovals extends ApprovalDesk {
    private InMemoryApprovals(Builder builder) {
        super(builder, Journal.NONE);
    }

    /** Approvals that lapse after half an hour and that anybody may give but who asks, unless said otherwise. */
    public static Builder builder() {
        return new Builder();
    }

    /** Puts approvals together. */
    public static final class Builder extends ApprovalDesk.Builder<Builder> {
        private Builder() {}

        /** The approvals. */
        public InMemoryApprovals build() {
            return new InMemoryApprovals(this);
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
