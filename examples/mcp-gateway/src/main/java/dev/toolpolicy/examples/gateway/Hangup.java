package dev.toolpolicy.examples.gateway;

import java.lang.reflect.Proxy;

/** The signal by which one tells a daemon to look at its files again. */
final class Hangup {
    private Hangup() {}

    /** Runs this at every SIGHUP, where there is such a thing. */
    static void run(Runnable work) {
        try {
            // Not compiled against: javac warns of this class, and nothing turns that off.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object runs =
                    Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, (p, method, args) -> {
                        if (method.getName().equals("handle")) work.run();
                        return null;
                    });
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, runs);
        } catch (ReflectiveOperationException e) {
            // Windows has none; the files are looked at every second anyway.
        }
    }
}
