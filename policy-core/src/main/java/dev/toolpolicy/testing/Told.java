package dev.toolpolicy.testing;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Reason;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a call, or is expected to be said: of what is expected, only what somebody wrote down.
 *
 * @param word the kind of decision: {@code allow}, {@code deny}, {@code rate_limited} or {@code needs_approval}
 */
record Told(
        String word,
        Optional<Reason.Code> code,
        Optional<String> rule,
        Optional<String> message,
        Optional<String> counter,
        Optional<BigDecimal> max,
        Optional<BigDecimal> remaining,
        Optional<Duration> retryAfter) {
    static final String ALLOW = "allow";
    static final String DENY = "deny";
    static final String RATE_LIMITED = "rate_limited";
    static final String NEEDS_APPROVAL = "needs_approval";

    /** Why a call is denied that no rule has judged. */
    private static final Set<Reason.Code> NOT_JUDGED = Set.of(Reason.Code.MALFORMED_CALL, Reason.Code.CHECK_FAILED);

    /** The kinds of decision, as they are written. */
    static final List<String> WORDS = List.of(ALLOW, DENY, RATE_LIMITED, NEEDS_APPROVAL);

    /** No more than the kind of decision. */
    static Told only(String word) {
        return of(word, null, null, null);
    }

    private static Told of(String word, Reason.@Nullable Code code, @Nullable String rule, @Nullable String message) {
        return new Told(
                word,
                Optional.ofNullable(code),
                Optional.ofNullable(rule),
                Optional.ofNullable(message),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** All that a decision says. */
    static Told of(Decision decision) {
        return decision.match(
                allow -> of(ALLOW, null, allow.rule(), null),
                deny -> of(DENY, deny.reason().code(), deny.rule(), message(deny)),
                limited -> new Told(
                        RATE_LIMITED,
                        Optional.empty(),
                        Optional.of(limited.rule()),
                        Optional.of(message(limited)),
                        Optional.of(limited.counter()),
                        Optional.of(limited.max()),
                        Optional.of(limited.remaining()),
                        Optional.of(limited.retryAfter())),
                asked -> of(NEEDS_APPROVAL, null, asked.rule(), message(asked)));
    }

    /** What the agent is told, which is less than is known where a tool is hidden. */
    private static String message(Decision decision) {
        return decision.refusal().map(Refusal::message).orElse("");
    }

    Told withCode(Reason.Code code) {
        return new Told(word, Optional.of(code), rule, message, counter, max, remaining, retryAfter);
    }

    Told withRule(String name) {
        return new Told(word, code, Optional.of(name), message, counter, max, remaining, retryAfter);
    }

    Told withMessage(String text) {
        return new Told(word, code, rule, Optional.of(text), counter, max, remaining, retryAfter);
    }

    Told withRetryAfter(Duration wait) {
        return new Told(word, code, rule, message, counter, max, remaining, Optional.of(wait));
    }

    Told withRemaining(BigDecimal left) {
        return new Told(word, code, rule, message, counter, max, Optional.of(left), retryAfter);
    }

    /** Whether all that is expected was said. */
    boolean isMetBy(Told said) {
        return word.equals(said.word)
                && !takenForAnother(said)
                && met(code, said.code)
                && met(rule, said.rule)
                && met(message, said.message)
                && met(counter, said.counter)
                && metByValue(max, said.max)
                && metByValue(remaining, said.remaining)
                && met(retryAfter, said.retryAfter);
    }

    /**
     * Whether any denial is expected, and this one was no rule's: a call that is misspelt, or cannot be checked, is denied
     * whatever the policy says, and would show nothing of it.
     */
    boolean takenForAnother(Told said) {
        boolean any = word.equals(DENY) && code.isEmpty() && rule.isEmpty() && message.isEmpty();
        return any && said.code.filter(NOT_JUDGED::contains).isPresent();
    }

    private static <T> boolean met(Optional<T> expected, Optional<T> said) {
        return expected.isEmpty() || expected.equals(said);
    }

    private static boolean metByValue(Optional<BigDecimal> expected, Optional<BigDecimal> said) {
        return expected.isEmpty() || (said.isPresent() && expected.get().compareTo(said.get()) == 0);
    }

    /** In one line, which no text in it can end. */
    @Override
    public String toString() {
        Stream<Optional<String>> parts = Stream.of(
                Optional.of(word),
                code.map(Enum::name),
                rule.map(name -> name.isEmpty() ? "by no rule" : "by " + shown(name)),
                counter.map(name -> "counter `" + shown(name) + "`"),
                max.map(number -> "max " + number.toPlainString()),
                remaining.map(number -> "remaining " + number.toPlainString()),
                retryAfter.map(wait -> "retry after " + Spans.text(wait)),
                message.map(text -> "saying `" + shown(text) + "`"));
        List<String> told = new ArrayList<>();
        parts.forEach(part -> part.ifPresent(told::add));
        return String.join(", ", told);
    }

    private static String shown(String text) {
        return Json.shown(text, 1_000);
    }
}
