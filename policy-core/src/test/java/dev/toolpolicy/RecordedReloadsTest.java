package dev.toolpolicy;

import static dev.toolpolicy.PolicyText.policy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.toolpolicy.spi.AuditRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is recorded of policies that change under a running evaluator. */
class RecordedReloadsTest extends RecordedPayments {
    /** A source that is reloaded by hand. */
    private static final class Reloading implements PolicySource {
        final List<Follower> followers = new ArrayList<>();
        Policy current;

        Reloading(Policy current) {
            this.current = current;
        }

        @Override
        public Optional<Policy> policyFor(Identity who) {
            return Optional.of(current);
        }

        @Override
        public void subscribe(Follower follower) {
            follower.objectionTo(current).ifPresent(objection -> {
                throw new IllegalStateException(objection);
            });
            followers.add(follower);
        }

        @Override
        public void unsubscribe(Follower follower) {
            followers.remove(follower);
        }
    }

    @Test
    void reloadsAreRecordedAndHeardAndObjectedTo() {
        Ears listener = new Ears();
        Policy allows = policy("'default':'allow'");
        Reloading source = new Reloading(allows);
        Reloading candidate = new Reloading(allows);
        Evaluator evaluator = Evaluator.builder(source)
                .shadow(candidate)
                .audit(kept)
                .listener(listener)
                .clock(clock)
                .build();

        PolicySource.Follower follower = source.followers.get(0);
        assertThat(follower.objectionTo(allows)).isEmpty();
        assertThat(follower.objectionTo(PAY))
                .contains(
                        "the policy has limits, on `spend` first, and nothing counts them: give the builder `counters(…)`");
        assertThat(candidate.followers.get(0).objectionTo(PAY)).get().asString().startsWith("the shadow has limits");
        follower.reloaded("policy.json", "d1");
        follower.rejected("policy.json", List.of("one", "two"));
        candidate.followers.get(0).reloaded("next.json", "d2");

        assertThat(kept.of(AuditRecord.Reload.class))
                .containsExactly(
                        new AuditRecord.Reload(NOON, false, "policy.json", "d1", List.of()),
                        new AuditRecord.Reload(NOON, false, "policy.json", "", List.of("one", "two")),
                        new AuditRecord.Reload(NOON, true, "next.json", "d2", List.of()));
        assertThat(listener.heard)
                .containsExactly(
                        new PolicyListener.Reloaded("policy.json", "d1", false),
                        new PolicyListener.ReloadRejected("policy.json", List.of("one", "two"), false),
                        new PolicyListener.Reloaded("next.json", "d2", true));
        evaluator.close();
        assertThat(source.followers).isEmpty();
        assertThat(candidate.followers).isEmpty();
    }

    @Test
    void sourceThatHasWhatCannotBeServedIsRefusedAndNotFollowed() {
        Reloading sound = new Reloading(policy("'default':'allow'"));
        Reloading needsMore = new Reloading(PAY);

        assertThatIllegalStateException()
                .isThrownBy(() ->
                        Evaluator.builder(sound).shadow(needsMore).audit(kept).build());
        assertThat(sound.followers).isEmpty();
    }
}
