package dev.toolpolicy.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.simulation.Simulation.Result;
import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.AuditSink;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Counters;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import dev.toolpolicy.spi.Taking;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** A simulation that finds nothing proves something only if it finds what is there: each of these is found within some seeds. */
class SabotageTest {
    private static final int SEEDS = 300;

    private static void assertFound(String what, Sabotage sabotage) throws IOException {
        try (Seeds seeds = new Seeds()) {
            for (long seed = 0; seed < SEEDS; seed++) {
                Result result = seeds.play(seed, sabotage);
                if (result.broken().matches("(?s)" + what)) return;
            }
        }
        assertThat(what).as("none of %s seeds says this", SEEDS).isEmpty();
    }

    // Counters

    @Test
    void countersThatForgetAreFound() throws IOException {
        int[] calls = {0};
        assertFound(
                ".* makes it \\d+ of \\d+ in a window of .*", countersWith(delegate -> new CountersThrough(delegate) {
                    @Override
                    Taking taken(Taking taking, List<Charge> charges) {
                        if (taking instanceof Taking.Taken taken && ++calls[0] % 3 == 0) giveBack(taken, charges);
                        return taking;
                    }
                }));
    }

    @Test
    void countersThatGiveBackTwiceAreFound() throws IOException {
        assertFound(
                "\\d+ is counted where \\d+ ran, in .*|.* makes it .*",
                countersWith(delegate -> new CountersThrough(delegate) {
                    @Override
                    public void change(Charge charge, long window, long more) {
                        super.change(charge, window, more < 0 ? 2 * more : more);
                    }

                    @Override
                    public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
                        return super.changeAsync(charge, window, more < 0 ? 2 * more : more);
                    }
                }));
    }

    @Test
    void countersThatKeepWhatIsGivenBackAreFound() throws IOException {
        assertFound(".* and no fault explains it.*", countersWith(delegate -> new CountersThrough(delegate) {
            @Override
            public void change(Charge charge, long window, long more) {
                if (more > 0) super.change(charge, window, more);
            }

            @Override
            public CompletionStage<Boolean> changeAsync(Charge charge, long window, long more) {
                return super.changeAsync(charge, window, Math.max(0, more));
            }
        }));
    }

    @Test
    void countersThatNeverRecoverAreFound() throws IOException {
        boolean[] stuck = {false};
        assertFound(".* when all is well.*", countersWith(delegate -> {
            stuck[0] = false;
            return new CountersThrough(delegate) {
                @Override
                Taking taken(Taking taking, List<Charge> charges) {
                    stuck[0] |= taking instanceof Taking.Spent;
                    if (stuck[0]) throw new IllegalStateException("stuck");
                    return taking;
                }
            };
        }));
    }

    @Test
    void clientThatSendsWhatItGivesBackTwiceIsFound() throws IOException {
        assertFound("\\d+ is counted where \\d+ ran, in .*|.* makes it .*", new Sabotage() {
            @Override
            public boolean replays() {
                return true;
            }
        });
    }

    // Approvals

    @Test
    void approvalsThatForgetWhatWasUsedAreFound() throws IOException {
        assertFound(
                ".* runs on the approval on which .* ran", approvalsWith(delegate -> new ApprovalsThrough(delegate) {
                    private final Map<String, Standing> answers = new HashMap<>();

                    @Override
                    public Standing ask(Question question) {
                        Standing now = super.ask(question);
                        Standing before = answers.get(question.key());
                        if (now instanceof Standing.Approved) answers.put(question.key(), now);
                        return before == null ? now : before;
                    }

                    @Override
                    public Optional<Claim> claim(String id) {
                        Optional<Claim> claim = super.claim(id);
                        return claim.isPresent()
                                ? claim
                                : Optional.of(new Claim() {
                                    @Override
                                    public void use() {}

                                    @Override
                                    public void release() {}
                                });
                    }
                }));
    }

    @Test
    void approvalsThatNobodyGaveAreFound() throws IOException {
        assertFound(
                ".* runs and used no approval|.* nobody approved it",
                approvalsWith(delegate -> new ApprovalsThrough(delegate) {
                    @Override
                    public Standing ask(Question question) {
                        Standing standing = super.ask(question);
                        return standing instanceof Standing.Waiting waiting
                                ? new Standing.Approved(waiting.id(), waiting.lapses())
                                : standing;
                    }

                    @Override
                    public Optional<Claim> claim(String id) {
                        return Optional.of(super.claim(id).orElse(new Claim() {
                            @Override
                            public void use() {}

                            @Override
                            public void release() {}
                        }));
                    }
                }));
    }

    @Test
    void approvalsThatAreHeldForEverAreFound() throws IOException {
        assertFound(".* when all is well.*", approvalsWith(delegate -> new ApprovalsThrough(delegate) {
            @Override
            public Optional<Claim> claim(String id) {
                super.claim(id);
                return Optional.empty();
            }
        }));
    }

    @Test
    void journalThatLosesWhatItSaidIsThereIsFound() throws IOException {
        assertFound(".* runs on the approval on which .* ran", new Sabotage() {
            @Override
            public boolean losesTheLastChanges() {
                return true;
            }
        });
    }

    // Logs

    @Test
    void logThatLiesIsFound() throws IOException {
        int[] records = {0};
        assertFound(".* ran and has no record", logWith(delegate -> written -> {
            if (++records[0] % 50 != 0) delegate.record(written);
        }));
    }

    @Test
    void logThatKeepsAnotherRecordIsFound() throws IOException {
        List<AuditRecord> before = new ArrayList<>();
        assertFound(".* ran and has no record", logWith(delegate -> written -> {
            delegate.record(before.isEmpty() ? written : before.get(0));
            before.add(0, written);
        }));
    }

    private interface Wrapping<T> {
        T of(T delegate);
    }

    private static Sabotage countersWith(Wrapping<Counters> wrapping) {
        return new Sabotage() {
            @Override
            public Counters of(Counters counters) {
                return wrapping.of(counters);
            }
        };
    }

    private static Sabotage approvalsWith(Wrapping<Approvals> wrapping) {
        return new Sabotage() {
            @Override
            public Approvals of(Approvals approvals) {
                return wrapping.of(approvals);
            }
        };
    }

    private static Sabotage logWith(Wrapping<AuditSink> wrapping) {
        return new Sabotage() {
            @Override
            public AuditSink of(AuditSink sink) {
                return wrapping.of(sink);
            }
        };
    }
}
