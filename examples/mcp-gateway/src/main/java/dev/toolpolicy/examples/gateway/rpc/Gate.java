package dev.toolpolicy.examples.gateway.rpc;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.Refusal;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.ToolGuard;
import dev.toolpolicy.json.Json;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where every message of every client is read, and every call judged, whatever way it came. Safe for any number of threads. */
public final class Gate {
    private final Evaluator evaluator;
    private final ToolGuard guard;
    private final KnownTools known = new KnownTools();
    private final ToolList lists;

    private Gate(Evaluator evaluator, ToolGuard guard) {
        this.evaluator = evaluator;
        this.guard = guard.failedWhen(outcome -> outcome == Outcome.FAILED);
        this.lists = new ToolList(guard, known);
    }

    /** A gate that shows every tool which is not hidden. */
    public static Gate of(Evaluator evaluator) {
        return new Gate(evaluator, ToolGuard.around(evaluator));
    }

    /** A gate that shows those tools only which a call might be allowed of. */
    public static Gate listingOnlyAllowed(Evaluator evaluator) {
        return new Gate(evaluator, ToolGuard.around(evaluator).listOnlyAllowed());
    }

    /** Reads a message; of what is none, says so to the client and to the audit log. */
    public Optional<ClientMessage> read(Identity who, byte[] utf8, Exchange exchange) {
        try {
            return Optional.of(ClientMessage.read(utf8));
        } catch (BrokenMessage e) {
            // It may have been a call, for whoever reads it in another way.
            record(who, null, String.valueOf(e.getMessage()));
            exchange.reject(Answers.error(e));
            return Optional.empty();
        }
    }

    /** Something that is not even read, for its size. */
    public void tooLong(Identity who, Exchange exchange) {
        String message = "the message has more than " + (ClientMessage.MAX_BYTES >> 20) + " MiB";
        record(who, null, message);
        exchange.reject(Answers.error(null, BrokenMessage.INVALID_REQUEST, message));
    }

    /** A message that was read, and is refused for what came with it or before it: it is recorded like any that is broken. */
    public void refused(Identity who, ClientMessage message, String why) {
        record(who, message.isCall() ? message.name() : null, why);
    }

    /** Passes a message on, unless it is a call: that is judged. */
    public void judge(Identity who, ClientMessage message, Exchange exchange) {
        if (!message.isCall()) {
            exchange.pass(message);
            return;
        }
        if (!message.isRequest()) {
            record(who, message.name(), "a call must have an id");
            exchange.drop();
            return;
        }
        Optional<String> wrong = wrongParams(message);
        if (wrong.isPresent()) {
            record(who, message.name(), wrong.get());
            exchange.answer(Answers.error(message.id(), BrokenMessage.INVALID_PARAMS, wrong.get()));
            return;
        }
        judgeCall(who, message, String.valueOf(message.name()), exchange);
    }

    private static Optional<String> wrongParams(ClientMessage call) {
        Map<String, @Nullable Object> params = call.params();
        Optional<String> variant = Names.variantInCall(params);
        if (variant.isPresent()) return variant.map(name -> "a member must be written `" + name + "`, in this case");
        if (!(call.name() instanceof String)) return Optional.of("`name` must be a string");
        if (params.containsKey("arguments") && !(call.arguments() instanceof Map)) {
            return Optional.of("`arguments` must be an object, not " + Json.typeName(call.arguments()));
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked") // a JSON object has string keys
    private void judgeCall(Identity who, ClientMessage message, String tool, Exchange exchange) {
        ToolCall call;
        try {
            call = ToolCall.of(who, tool, (Map<String, @Nullable Object>) message.arguments());
        } catch (MalformedCallException e) {
            Refusal refusal = evaluator.malformed(who, tool, e).refusal().orElseThrow();
            // To say what is wrong with the arguments of a hidden tool would be to say that it is there.
            if (guard.lists(who, tool) && known.has(tool)) exchange.answer(Answers.refused(message, refusal));
            else askInstead(message, tool, exchange);
            return;
        }
        var running = guard.callAsync(
                call,
                arguments -> exchange.call(message, message.calling(tool, arguments)),
                refusal -> {
                    refuse(message, tool, refusal, exchange);
                    return Outcome.REFUSED;
                },
                Runnable::run);
        running.exceptionally(e -> Outcome.FAILED);
    }

    private void refuse(ClientMessage message, String tool, Refusal refusal, Exchange exchange) {
        // Where a pattern, a group or the default refuses all names alike, a hidden one alone would be unknown.
        boolean told = known.has(tool) || refusal.rule().startsWith("/tools/" + tool + "/");
        if (refusal.asUnknownTool() || !told) askInstead(message, tool, exchange);
        else exchange.answer(Answers.refused(message, refusal));
    }

    private static void askInstead(ClientMessage message, String tool, Exchange exchange) {
        Decoy decoy = Decoy.instead(tool);
        exchange.ask(message, decoy.call(message), decoy);
    }

    /** A page of tools as this reader may see it; an error, if it cannot be read beyond doubt. */
    public byte[] list(Identity who, @Nullable Object id, byte[] page) {
        return lists.shownTo(who, page)
                .orElseGet(() -> Answers.failed(id, "the server's list of tools cannot be read"));
    }

    private void record(Identity who, @Nullable Object tool, String why) {
        evaluator.malformed(who, tool instanceof String name ? name : null, new MalformedCallException(why));
    }
}
