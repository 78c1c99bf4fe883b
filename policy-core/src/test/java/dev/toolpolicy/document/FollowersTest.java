package dev.toolpolicy.document;

import static dev.toolpolicy.document.Disk.digest;
import static dev.toolpolicy.document.Disk.document;
import static dev.toolpolicy.document.Disk.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.document.Problem.Code;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What followers are asked and told, and what becomes of what they throw. */
class FollowersTest {
    private static final Identity ALICE = Identity.of("alice");

    private final Heard heard = new Heard();
    private Path file;
    private PolicyFile source;

    @BeforeEach
    void follow(@TempDir Path folder) {
        file = write(folder.resolve("policy.json"), document("one"));
        source = PolicyFile.byHand(file, PolicyParser.standard(), () -> {});
        source.subscribe(heard);
    }

    private void becomes(String description) {
        write(file, document(description));
        source.check();
    }

    private String inForce() {
        return source.policyFor(ALICE).orElseThrow().description();
    }

    /** Serves the first policy, and answers so of every other. */
    private static class Objecting extends Heard {
        @Override
        public Optional<String> objectionTo(Policy policy) {
            return policy.description().equals("one") ? Optional.empty() : objection();
        }

        Optional<String> objection() {
            return Optional.of("it has limits, and nothing counts them");
        }
    }

    @Test
    void aPolicyThatCannotBeServedIsABadOne() {
        Objecting objecting = new Objecting();
        source.subscribe(objecting);

        becomes("two");

        assertThat(inForce()).isEqualTo("one");
        String line =
                "policy.json:1:1: this policy cannot be served here: it has limits, and nothing counts them [NOT_SERVED]";
        assertThat(heard.heard()).containsExactly("rejected policy.json [" + line + "]");
        assertThat(objecting.heard()).containsExactly("rejected policy.json [" + line + "]");
        assertThat(source.status().problems()).singleElement().satisfies(problem -> {
            assertThat(problem.code()).isEqualTo(Code.NOT_SERVED);
            assertThat(problem.hint()).isNotBlank();
        });
    }

    @Test
    void itIsServedOnceWhoeverObjectedIsGone() {
        Objecting objecting = new Objecting();
        source.subscribe(objecting);
        becomes("two");
        heard.heard();
        source.unsubscribe(objecting);

        for (int i = 0; i < Watch.WHOLLY_EVERY; i++) source.look();

        assertThat(inForce()).isEqualTo("two");
        assertThat(heard.heard()).containsExactly("reloaded policy.json " + digest("two"));
    }

    static Stream<Objecting> failing() {
        return Stream.of(
                new Objecting() {
                    @Override
                    Optional<String> objection() {
                        throw new IllegalStateException("secret");
                    }
                },
                new Objecting() {
                    @Override
                    Optional<String> objection() {
                        throw new StackOverflowError();
                    }
                },
                new Objecting() {
                    @Override
                    @SuppressWarnings("NullOptional") // what a careless one does
                    Optional<String> objection() {
                        return null;
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("failing")
    void whoeverFailsToJudgeAPolicyObjectsToIt(Objecting failing) {
        source.subscribe(failing);

        becomes("two");

        assertThat(inForce()).isEqualTo("one");
        assertThat(heard.heard())
                .containsExactly("rejected policy.json [policy.json:1:1: this policy cannot be served here: "
                        + "whoever is to serve it failed to say whether it can [NOT_SERVED]]");
    }

    @Test
    void whoeverCannotServeWhatIsInForceCannotSubscribe() {
        becomes("two");
        heard.heard();
        Objecting objecting = new Objecting();

        assertThatIllegalStateException()
                .isThrownBy(() -> source.subscribe(objecting))
                .withMessage("it has limits, and nothing counts them");

        becomes("three");
        assertThat(inForce()).isEqualTo("three");
        assertThat(objecting.heard()).isEmpty();
    }

    @Test
    void nobodyCannotSubscribe() {
        assertThatNullPointerException()
                .isThrownBy(() -> source.subscribe(null))
                .withMessage("follower");
        assertThatNullPointerException()
                .isThrownBy(() -> source.unsubscribe(null))
                .withMessage("follower");
    }

    @Test
    void whatOneFollowerThrowsTheOthersDoNotFeel() {
        source.unsubscribe(heard);
        source.subscribe(new Heard() {
            @Override
            public void reloaded(String source, String digest) {
                throw new StackOverflowError();
            }

            @Override
            public void rejected(String source, List<String> problems) {
                throw new IllegalStateException();
            }
        });
        source.subscribe(heard);

        becomes("two");
        write(file, "");
        source.check();

        assertThat(heard.heard()).hasSize(2).first().isEqualTo("reloaded policy.json " + digest("two"));
        assertThat(source.status().problems()).extracting(Problem::code).containsExactly(Code.NOT_JSON);
    }

    @Test
    void whoeverUnsubscribedHearsNothingMore() {
        source.unsubscribe(heard);

        becomes("two");

        assertThat(heard.heard()).isEmpty();
    }

    @Test
    void aPolicyIsInForceWhenItIsHeardOf() {
        source.subscribe(new Heard() {
            @Override
            public void reloaded(String name, String digest) {
                heard.events.add("in force: " + inForce());
            }
        });

        becomes("two");

        assertThat(heard.heard()).containsExactly("reloaded policy.json " + digest("two"), "in force: two");
    }

    @Test
    void aFollowerThatLooksWhileItIsToldChangesNothing() {
        source.unsubscribe(heard);
        source.subscribe(new Heard() {
            @Override
            public void reloaded(String name, String digest) {
                write(file, document("three"));
                source.check();
            }
        });
        source.subscribe(heard);

        becomes("two");

        assertThat(inForce()).isEqualTo("two");
        assertThat(heard.heard()).containsExactly("reloaded policy.json " + digest("two"));
    }

    @Test
    void oneLookComesAfterTheOther() throws InterruptedException {
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        source.subscribe(new Heard() {
            @Override
            public Optional<String> objectionTo(Policy policy) {
                most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                Disk.parsed(policy.toJson());
                atOnce.decrementAndGet();
                return Optional.empty();
            }
        });
        List<Thread> checking = Stream.generate(() -> new Thread(() -> {
                    for (int i = 0; i < 50; i++) source.check();
                }))
                .limit(3)
                .toList();
        checking.forEach(Thread::start);
        for (int i = 0; i < 50; i++) becomes("number " + i);
        for (Thread thread : checking) thread.join();

        source.check();
        assertThat(inForce()).isEqualTo("number 49");
        assertThat(most).hasValue(1);
    }
}
