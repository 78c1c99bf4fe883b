package dev.toolpolicy.examples.mcpserver;

import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Tells clients that there is a new policy: they may see other tools now. */
final class Reloads implements PolicySource.Follower {
    private final GuardedTools tools;

    /** A thread of its own, for a client that does not read must not hold up who watches the policy; one notice stands for many. */
    private final ThreadPoolExecutor teller = new ThreadPoolExecutor(
            0,
            1,
            1,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(1),
            work -> {
                Thread thread = new Thread(work, "tells-of-reloads");
                thread.setDaemon(true);
                return thread;
            },
            new ThreadPoolExecutor.DiscardPolicy());

    private Reloads(GuardedTools tools) {
        this.tools = tools;
    }

    static void tell(PolicySource policy, GuardedTools tools) {
        policy.subscribe(new Reloads(tools));
    }

    @Override
    public Optional<String> objectionTo(Policy policy) {
        return Optional.empty();
    }

    @Override
    public void reloaded(String source, String digest) {
        teller.execute(tools::listChanged);
    }

    @Override
    public void rejected(String source, List<String> problems) {
        System.err.println("the policy stays as it was: " + String.join("; ", problems));
    }
}
