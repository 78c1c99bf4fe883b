package dev.toolpolicy;

import dev.toolpolicy.PolicyListener.ReloadRejected;
import dev.toolpolicy.PolicyListener.Reloaded;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditRecord.Result;
import dev.toolpolicy.spi.AuditRecord.Run;
import dev.toolpolicy.spi.Question.Asking;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** What an evaluator hears of from its plugs, and passes on to its witness. */
final class Followers {
    private Followers() {}

    /** The questions of one namespace: others are other evaluators'. */
    static Approvals.Follower ofApprovals(String namespace, Witness witness) {
        return new Approvals.Follower() {
            @Override
            public void happening(ApprovalEvent event) {
                if (!isOurs(event)) return;
                Recorder recorder = witness.recorder();
                // What cannot be kept from happening is recorded when it has: nobody is to wait for a log meanwhile.
                if (event.kind() == ApprovalEvent.Kind.LAPSED) return;
                if (!recorder.mandatory()) {
                    recorder.note(record(event));
                    return;
                }
                Throwable failure = recorder.keep(
                        record(event),
                        System.nanoTime(),
                        sink -> sink.record(new Run(event.time(), event.id(), Result.WITHDRAWN, "")));
                if (failure != null) throw new IllegalStateException("it could not be recorded", failure);
            }

            @Override
            public void happened(ApprovalEvent event) {
                if (!isOurs(event)) return;
                if (event.kind() == ApprovalEvent.Kind.LAPSED)
                    witness.recorder().note(record(event));
                if (event.kind() == ApprovalEvent.Kind.ASKED) witness.tell(there -> there.asked(event));
            }

            private boolean isOurs(ApprovalEvent event) {
                return event.question().namespace().equals(namespace);
            }
        };
    }

    private static AuditRecord record(ApprovalEvent event) {
        return new AuditRecord.Approval(
                event.time(),
                event.kind(),
                event.id(),
                new AuditRecord.Caller(
                        event.question().asker().grant(),
                        event.question().asker().session()),
                event.question().tool(),
                event.question().rules().stream().map(Asking::rule).toList(),
                event.lapses(),
                event.who(),
                event.why());
    }

    /**
     * The reloads of a source.
     *
     * @param plugs what there is that a policy may need
     */
    static PolicySource.Follower ofReloads(boolean shadow, Plugs plugs, Witness witness, InstantSource clock) {
        return new PolicySource.Follower() {
            @Override
            public Optional<String> objectionTo(Policy policy) {
                return plugs.missing(policy, shadow);
            }

            @Override
            public void reloaded(String source, String digest) {
                keep(source, digest, List.of());
                witness.tell(there -> there.reloaded(new Reloaded(source, digest, shadow)));
            }

            @Override
            public void rejected(String source, List<String> problems) {
                keep(source, "", problems);
                witness.tell(there -> there.reloadRejected(new ReloadRejected(source, problems, shadow)));
            }

            private void keep(String source, String digest, List<String> problems) {
                var record = new AuditRecord.Reload(new Moment(clock).orEpoch(), shadow, source, digest, problems);
                witness.recorder().note(record);
            }
        };
    }
}
