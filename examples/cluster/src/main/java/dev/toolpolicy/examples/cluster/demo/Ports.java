package dev.toolpolicy.examples.cluster.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of this machine that nobody listens at. */
public final class Ports {
    private static final int FIRST = 12_000;
    /**
     * Below the ports that systems give to those who call. A client that keeps calling a server that is away is else given the
     * server's own port one day, is connected to itself, and the server finds its port taken.
     */
    private static final int LAST = 32_000;

    private static final int MOST_TRIES = 1_000;

    private Ports() {}

    /** A port at which a server can be started, and started again. */
    public static int free() throws IOException {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (isFree(port)) return port;
        }
        throw new IOException("no port is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
