package dev.toolpolicy.examples.gateway;

import dev.toolpolicy.PolicyListener;
import java.io.PrintStream;

/** What the operator is told, on standard error: standard output belongs to the protocol. No argument's value is among it. */
final class Console implements PolicyListener {
    private final PrintStream err;
    private volatile Runnable onReload = () -> {};

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
        say("another policy is in force");
        onReload.run();
    }

    @Override
    public void reloadRejected(ReloadRejected rejected) {
        say(
                "the policy file was changed to something that is no policy for this gateway; the one before stays in force");
        rejected.problems().forEach(err::println);
    }
}
