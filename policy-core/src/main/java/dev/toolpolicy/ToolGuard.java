package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Decision.Allow;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door of a tool dispatcher: freezes a call, decides it, and runs the tool with what was judged, or tells the agent why
 * not. Immutable, and safe for any number of threads.
 *
 * <p>A tool that throws is recorded as failed, and what it threw is thrown on unchanged. Nothing is refunded unless the host says so.
 */
public final class ToolGuard {
    private final Evaluator evaluator;
    private final Predicate<Object> failed;
    private final boolean onlyAllowed;

    private ToolGuard(Evaluator evaluator, Predicate<Object> failed, boolean onlyAllowed) {
        this.evaluator = evaluator;
        this.failed = failed;
        this.onlyAllowed = onlyAllowed;
    }

    /** A guard that decides by this evaluator. */
    public static ToolGuard around(Evaluator evaluator) {
        return new ToolGuard(requireNonNull(evaluator, "evaluator"), result -> false, false);
    }

    /** The same, where some results are failures though nothing was thrown: MCP's {@code isError}, say. Null is never one. */
    public ToolGuard failedWhen(Predicate<Object> failure) {
        return new ToolGuard(evaluator, requireNonNull(failure, "failure"), onlyAllowed);
    }

    /** The same, where {@link #lists} leaves out what is denied by its name alone: not listed, or denied by its entry. */
    public ToolGuard listOnlyAllowed() {
        return new ToolGuard(evaluator, failed, true);
    }

    /**
     * What the tool answers, or what {@code refused} makes of the refusal.
     *
     * @param refused makes an answer for the agent
     */
    public <R extends @Nullable Object, X extends Exception> R call(
            ToolCall call, Tool<R, X> tool, Function<? super Refusal, ? extends R> refused) throws X {
        requireNonNull(tool, "tool");
        return call(call, (arguments, permit) -> tool.run(arguments), refused);
    }

    /** The same for a tool that gives back what it took from its limits, or says what it came to. */
    public <R extends @Nullable Object, X extends Exception> R call(
            ToolCall call, PermittedTool<R, X> tool, Function<? super Refusal, ? extends R> refused) throws X {
        requireNonNull(tool, "tool");
        requireNonNull(refused, "refused");
        Judgement judgement = evaluator.judge(call);
        if (!(judgement.decision() instanceof Allow allow)) return refused.apply(judgement.refusal());
        return run(allow.permit(), call.arguments(), tool);
    }

    /** The same from what came in: a call that cannot be made is refused and recorded, not thrown. No arguments are {@code {}}. */
    public <R extends @Nullable Object, X extends Exception> R call(
            @Nullable Identity who,
            @Nullable String name,
            @Nullable Map<String, ?> arguments,
            Tool<R, X> tool,
            Function<? super Refusal, ? extends R> refused)
            throws X {
        requireNonNull(tool, "tool");
        return call(who, name, arguments, (given, permit) -> tool.run(given), refused);
    }

    /** The same for a tool that gets its permit. */
    public <R extends @Nullable Object, X extends Exception> R call(
            @Nullable Identity who,
            @Nullable String name,
            @Nullable Map<String, ?> arguments,
            PermittedTool<R, X> tool,
            Function<? super Refusal, ? extends R> refused)
            throws X {
        return made(who, name, () -> ToolCall.of(who, name, arguments), tool, refused);
    }

    /** The same from arguments as JSON text. */
    public <R extends @Nullable Object, X extends Exception> R call(
            @Nullable Identity who,
            @Nullable String name,
            @Nullable String argumentsJson,
            Tool<R, X> tool,
            Function<? super Refusal, ? extends R> refused)
            throws X {
        requireNonNull(tool, "tool");
        return call(who, name, argumentsJson, (given, permit) -> tool.run(given), refused);
    }

    /** The same for a tool that gets its permit. */
    public <R extends @Nullable Object, X extends Exception> R call(
            @Nullable Identity who,
            @Nullable String name,
            @Nullable String argumentsJson,
            PermittedTool<R, X> tool,
            Function<? super Refusal, ? extends R> refused)
            throws X {
        return made(who, name, () -> ToolCall.parse(who, name, argumentsJson), tool, refused);
    }

    private <R extends @Nullable Object, X extends Exception> R made(
            @Nullable Identity who,
            @Nullable String name,
            Supplier<ToolCall> making,
            PermittedTool<R, X> tool,
            Function<? super Refusal, ? extends R> refused)
            throws X {
        requireNonNull(tool, "tool");
        requireNonNull(refused, "refused");
        ToolCall call;
        try {
            call = making.get();
        } catch (MalformedCallException e) {
            return refused.apply(malformed(who, name, e));
        }
        return call(call, tool, refused);
    }

    Refusal malformed(@Nullable Identity who, @Nullable String name, MalformedCallException e) {
        Judgement judgement = evaluator.judgeMalformed(who, name, e);
        boolean mayBeTold = who == null || name == null || !ToolPattern.isName(name) || evaluator.visible(who, name);
        // To say what is wrong with the arguments of a hidden tool would be to say that it is there.
        return mayBeTold ? judgement.refusal() : Refusal.of(CompiledPolicy.hidden(""), judgement.id());
    }

    private <R extends @Nullable Object, X extends Exception> R run(
            Permit permit, Map<String, @Nullable Object> arguments, PermittedTool<R, X> tool) throws X {
        R result;
        try {
            result = tool.run(arguments, permit);
        } catch (Throwable e) {
            permit.failed();
            throw e;
        }
        ended(permit, result);
        return result;
    }

    private void ended(Permit permit, @Nullable Object result) {
        if (isFailure(result)) permit.failed();
        else permit.done();
    }

    private boolean isFailure(@Nullable Object result) {
        try {
            return result != null && failed.test(result);
        } catch (Throwable e) {
            // The tool has run, and its result is wanted: that it cannot be judged is recorded as the worse of the two.
            return true;
        }
    }

    /**
     * The same where neither the decision nor the tool may hold up the caller.
     *
     * @param tool begins the work, and answers when it is done
     * @param executor decides; if it takes no more work, the call is refused
     */
    public <R extends @Nullable Object> CompletionStage<R> callAsync(
            ToolCall call,
            Function<? super Map<String, @Nullable Object>, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused,
            Executor executor) {
        requireNonNull(call, "call");
        requireNonNull(tool, "tool");
        requireNonNull(refused, "refused");
        CompletableFuture<R> answer = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                // Whoever has given up by now gets nothing taken for it.
                if (!answer.isDone())
                    begin(evaluator.judge(call), call, (arguments, permit) -> tool.apply(arguments), refused, answer);
            });
        } catch (Throwable e) {
            // It takes no more work, or has no thread for it; should it begin after all, it finds the answer given.
            refuse(evaluator.refuse(call, e).refusal(), refused, answer);
        }
        return answer;
    }

    /** Begins the work of a call that was allowed; it gives its answer when it is done. Refuses any other. */
    <R extends @Nullable Object> void begin(
            Judgement judgement,
            ToolCall call,
            BiFunction<? super Map<String, @Nullable Object>, ? super Permit, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused,
            CompletableFuture<R> answer) {
        if (!(judgement.decision() instanceof Allow allow)) {
            refuse(judgement.refusal(), refused, answer);
            return;
        }
        if (answer.isDone()) {
            // Whoever has given up while it was decided keeps nothing that was taken for it.
            Course.giveBack(allow);
            return;
        }
        CompletionStage<R> running;
        try {
            running = requireNonNull(tool.apply(call.arguments(), allow.permit()), "a tool answers with a stage");
        } catch (Throwable e) {
            allow.permit().failed();
            answer.completeExceptionally(e);
            return;
        }
        running.whenComplete((result, thrown) -> {
            if (thrown == null) {
                ended(allow.permit(), result);
                answer.complete(result);
            } else {
                allow.permit().failed();
                answer.completeExceptionally(thrown);
            }
        });
    }

    static <R extends @Nullable Object> void refuse(
            Refusal refusal, Function<? super Refusal, ? extends R> refused, CompletableFuture<R> answer) {
        try {
            answer.complete(refused.apply(refusal));
        } catch (Throwable e) {
            answer.completeExceptionally(e);
        }
    }

    /**
     * A test at start-up that the guard is there and the policy is the right one. Takes nothing, and asks nobody.
     *
     * @throws IllegalStateException if the policy would allow this call, now or once a limit has room again, or if it could not be
     *     judged
     * @throws MalformedCallException if this can be no call: it would test nothing
     */
    public void mustRefuse(Identity who, String tool, @Nullable Map<String, ?> arguments) {
        ToolCall call = ToolCall.of(who, tool, arguments);
        Decision decision = evaluator.explain(call).decision();
        String instead = decision.match(
                allow -> "allows it",
                deny -> deny.reason().code() == Reason.Code.CHECK_FAILED ? "it could not be judged" : "",
                limited -> "allows it when its limit has room",
                asked -> "");
        if (!instead.isEmpty()) throw new IllegalStateException("the policy must refuse " + call + ", and " + instead);
    }

    /** Whether a tool may be shown to this caller, for {@code tools/list}; nothing that is null or malformed may. */
    public boolean lists(@Nullable Identity who, @Nullable String tool) {
        return onlyAllowed ? evaluator.mayBeAllowed(who, tool) : evaluator.visible(who, tool);
    }

    /** A tool: takes the frozen arguments, and those alone. */
    @FunctionalInterface
    public interface Tool<R extends @Nullable Object, X extends Exception> {
        /** Does its work. */
        R run(Map<String, @Nullable Object> arguments) throws X;
    }

    /** A tool that gets the permit of its call, to give back what was taken or to say what it came to. */
    @FunctionalInterface
    public interface PermittedTool<R extends @Nullable Object, X extends Exception> {
        /** Does its work. */
        R run(Map<String, @Nullable Object> arguments, Permit permit) throws X;
    }
}
