package dev.toolpolicy.approval;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;

/**
 * Approvals that outlive the process, in a journal: a file of one process, which only its user may read, for it holds the
 * arguments that people were shown. Whatever is answered is on the disk before it counts: a process that is killed at any moment
 * never forgets that an approval was used.
 */
public final class FileApprovals extends ApprovalDesk {
    private FileApprovals(Builder builder, JournalFile.Opened opened) {
        super(builder, opened.journal());
        restore(opened.entries());
    }

    /** Approvals in this file, which is made if it is not there; its folder must be. */
    public static Builder builder(Path journal) {
        return new Builder(requireNonNull(journal, "journal"));
    }

    /** Puts approvals together. */
    public static final class Builder extends ApprovalDesk.Builder<Builder> {
        private final Path journal;

        private Builder(Path journal) {
            this.journal = journal;
        }

        /**
         * The approvals, with all that the journal tells of.
         *
         * @throws IllegalStateException if another process, or another object of this one, has the journal open, or if it was
         *     damaged other than by being cut off at its end
         * @throws IllegalArgumentException if its folder is not there
         * @throws java.io.UncheckedIOException if it cannot be read or written
         */
        public FileApprovals build() {
            return new FileApprovals(this, JournalFile.open(journal));
        }

        @Override
        Builder self() {
            return this;
        }
    }
}
