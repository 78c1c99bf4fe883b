package dev.toolpolicy.approval;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Question.Asking;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A question that was asked, as the person sees it who answers.
 *
 * @param id under which it is answered
 * @param lapses when it, or the approval that was given, lapses; of a rejected one, until when the rejection holds
 * @param who answered, or {@code ""}
 * @param why it was rejected, or {@code ""}
 */
public record AskedQuestion(
        String id, Question question, Instant asked, Instant lapses, State state, String who, String why) {
    public AskedQuestion {
        requireNonNull(id, "id");
        requireNonNull(question, "question");
        requireNonNull(asked, "asked");
        requireNonNull(lapses, "lapses");
        requireNonNull(state, "state");
        requireNonNull(who, "who");
        requireNonNull(why, "why");
    }

    /** Who wants to call: the whole identity. */
    public Asker asker() {
        return question.asker();
    }

    /** Which tool would run. */
    public String tool() {
        return question.tool();
    }

    /** The very arguments that would run, as canonical JSON. */
    public String argumentsJson() {
        return question.argumentsJson();
    }

    /** The same as unmodifiable maps and lists. */
    @SuppressWarnings("unchecked") // a JSON object has string keys
    public Map<String, @Nullable Object> arguments() {
        return (Map<String, @Nullable Object>) requireNonNull(
                JsonText.read(question.argumentsJson(), Integer.MAX_VALUE).value());
    }

    /** The rules that ask, and why. */
    public List<Asking> rules() {
        return question.rules();
    }

    /** Who, which tool, and how it stands; no arguments, for this may end up in a log. */
    @Override
    public String toString() {
        return "AskedQuestion[" + id + ", " + tool() + ", " + state + "]";
    }

    /** How it stands. */
    public enum State {
        /** It waits for a person. */
        PENDING,
        /** A person said yes, and no call has used that. */
        APPROVED,
        /** A person said no. */
        REJECTED,
        /** A call has used the approval. */
        USED,
        /** Nobody answered, or no call used the answer, in time. */
        LAPSED
    }
}
