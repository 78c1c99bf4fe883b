package dev.toolpolicy.examples.gateway;

/** The gateway's own entry, for tests of other packages. */
public final class GatewayProgram {
    private GatewayProgram() {}

    public static void main(String[] args) {
        Main.main(args);
    }
}
