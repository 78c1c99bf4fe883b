package dev.toolpolicy.examples.gateway;

import dev.toolpolicy.PolicyListener;
import java.io.PrintStream;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** What the operator is told, on standard error: standard output belongs to the protocol. No argument's value is among it. */
final class Console implements PolicyListener {
    private final PrintStream err;
    private volatile Runnable onReload = () -> {};

    /** Whoever follows a policy must not wait for a client to read what it is told: the next policy would not come into force. */
    private final Executor teller = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "tells of policies");
        thread.setDaemon(true);
        return thread;
    });

    Console(PrintStream err) {
        this.err = err;
    }

    void say(String message) {
        err.println("mcp-gateway: " + message);
    }

    /** Does this, too, whenever another policy is in force. */
    void onReload(Runnable work) {
        onReload = work;
    }

    @Override
    public void decided(Decided decided) {
        decided.cause()
                .ifPresent(cause -> say("a call of " + decided.call().tool() + " was denied, for a check failed: "
                        + cause.getClass().getName()));
    }

    @Override
    public void reloaded(Reloaded reloaded) {
        teller.execute(() -> {
            say("another policy is in force");
            onReload.run();
        });
    }

    @Override
    public void reloadRejected(ReloadRejected rejected) {
        teller.execute(() -> {
            say(
                    "the policy file was changed to something that is no policy for this gateway; the one before stays in force");
            rejected.problems().forEach(err::println);
        });
    }
}
