package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The front door of a tool dispatcher that waits for nothing: as {@link ToolGuard}, on an {@link AsyncEvaluator}. A tool begins its
 * work and answers when that is done; the stages that come of it fail only where the tool, or what makes an answer of a refusal, does.
 * What is listed, and the test at start-up, are a {@code ToolGuard}'s, around the same evaluator.
 *
 * <p>Whoever cancels the stage of a call before its tool has begun has it denied, and what it took given back; a tool that has begun
 * goes on.
 */
public final class AsyncToolGuard {
    private final AsyncEvaluator evaluator;
    private final ToolGuard guard;

    private AsyncToolGuard(AsyncEvaluator evaluator, ToolGuard guard) {
        this.evaluator = evaluator;
        this.guard = guard;
    }

    /** A guard that decides by this evaluator. */
    public static AsyncToolGuard around(AsyncEvaluator evaluator) {
        return new AsyncToolGuard(requireNonNull(evaluator, "evaluator"), ToolGuard.around(evaluator.evaluator()));
    }

    /** The same, where some results are failures though nothing failed: MCP's {@code isError}, say. Null is never one. */
    public AsyncToolGuard failedWhen(Predicate<Object> failure) {
        return new AsyncToolGuard(evaluator, guard.failedWhen(failure));
    }

    /**
     * What the tool answers, or what {@code refused} makes of the refusal.
     *
     * @param tool takes the frozen arguments, and those alone
     * @param refused makes an answer for the agent
     */
    public <R extends @Nullable Object> CompletionStage<R> call(
            ToolCall call,
            Function<? super Map<String, @Nullable Object>, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused) {
        requireNonNull(tool, "tool");
        return call(call, (arguments, permit) -> tool.apply(arguments), refused);
    }

    /** The same for a tool that gives back what it took from its limits, or says what it came to. */
    public <R extends @Nullable Object> CompletionStage<R> call(
            ToolCall call,
            BiFunction<? super Map<String, @Nullable Object>, ? super Permit, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused) {
        requireNonNull(call, "call");
        requireNonNull(tool, "tool");
        requireNonNull(refused, "refused");
        CompletableFuture<R> answer = new CompletableFuture<>();
        String id = evaluator.evaluator().nextId();
        CompletableFuture<Decision> deciding = evaluator.decide(call, id);
        // Whoever gives up waits for no decision either; once there is one this says nothing.
        CompletableFuture<R> unused = answer.whenComplete((result, thrown) -> deciding.cancel(false));
        CompletionStage<Decision> begun = deciding.whenComplete((decision, cancelled) -> {
            if (cancelled == null) guard.begin(new Judgement(decision, id), call, tool, refused, answer);
        });
        // For want of stack or memory: the host is not to wait for ever.
        begun.whenComplete((decision, broken) -> {
            if (broken != null) answer.completeExceptionally(Stages.cause(broken));
        });
        return answer;
    }

    /** The same from what came in: a call that cannot be made is refused and recorded, not thrown. No arguments are {@code {}}. */
    public <R extends @Nullable Object> CompletionStage<R> call(
            @Nullable Identity who,
            @Nullable String name,
            @Nullable Map<String, ?> arguments,
            Function<? super Map<String, @Nullable Object>, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused) {
        requireNonNull(tool, "tool");
        return call(who, name, arguments, (given, permit) -> tool.apply(given), refused);
    }

    /** The same for a tool that gets its permit. */
    public <R extends @Nullable Object> CompletionStage<R> call(
            @Nullable Identity who,
            @Nullable String name,
            @Nullable Map<String, ?> arguments,
            BiFunction<? super Map<String, @Nullable Object>, ? super Permit, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused) {
        return made(who, name, () -> ToolCall.of(who, name, arguments), tool, refused);
    }

    /** The same from arguments as JSON text. */
    public <R extends @Nullable Object> CompletionStage<R> call(
            @Nullable Identity who,
            @Nullable String name,
            @Nullable String argumentsJson,
            Function<? super Map<String, @Nullable Object>, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused) {
        requireNonNull(tool, "tool");
        return call(who, name, argumentsJson, (given, permit) -> tool.apply(given), refused);
    }

    /** The same for a tool that gets its permit. */
    public <R extends @Nullable Object> CompletionStage<R> call(
            @Nullable Identity who,
            @Nullable String name,
            @Nullable String argumentsJson,
            BiFunction<? super Map<String, @Nullable Object>, ? super Permit, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused) {
        return made(who, name, () -> ToolCall.parse(who, name, argumentsJson), tool, refused);
    }

    private <R extends @Nullable Object> CompletionStage<R> made(
            @Nullable Identity who,
            @Nullable String name,
            Supplier<ToolCall> making,
            BiFunction<? super Map<String, @Nullable Object>, ? super Permit, ? extends CompletionStage<R>> tool,
            Function<? super Refusal, ? extends R> refused) {
        requireNonNull(tool, "tool");
        requireNonNull(refused, "refused");
        ToolCall call;
        try {
            call = making.get();
        } catch (MalformedCallException e) {
            CompletableFuture<R> answer = new CompletableFuture<>();
            ToolGuard.refuse(guard.malformed(who, name, e), refused, answer);
            return answer;
        }
        return call(call, tool, refused);
    }
}
