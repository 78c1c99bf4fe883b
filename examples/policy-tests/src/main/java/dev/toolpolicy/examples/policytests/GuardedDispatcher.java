package dev.toolpolicy.examples.policytests;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.ToolGuard;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tool dispatcher, wrapped: what was judged is what runs. */
final class GuardedDispatcher {
    /** What a tool answers, as a server tells it. */
    record Answer(String text, boolean isError, Map<String, Object> meta) {}

    /** Runs tools by their names. */
    interface Dispatcher {
        boolean has(String tool);

        Answer run(String tool, Map<String, @Nullable Object> arguments) throws Exception;
    }

    // README from here
    private static final Answer UNKNOWN = new Answer("Unknown tool", true, Map.of());

    private final Dispatcher dispatcher;
    private final ToolGuard guard;

    GuardedDispatcher(Evaluator evaluator, Dispatcher dispatcher) {
        this.dispatcher = dispatcher;
        this.guard =
                ToolGuard.around(evaluator).failedWhen(result -> result instanceof Answer answer && answer.isError());
    }

    Answer handle(Identity who, String tool, String argumentsJson) throws Exception {
        if (!dispatcher.has(tool)) return UNKNOWN;
        return guard.call(
                who, tool, argumentsJson, arguments -> dispatcher.run(tool, arguments), GuardedDispatcher::refused);
    }

    private static Answer refused(Refusal refusal) {
        if (refusal.asUnknownTool()) return UNKNOWN;
        return new Answer(refusal.message(), true, refusal.asMeta());
    }
    // README to here
}
