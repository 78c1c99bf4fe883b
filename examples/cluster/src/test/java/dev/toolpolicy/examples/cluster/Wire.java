package dev.toolpolicy.examples.cluster;

import dev.toolpolicy.examples.cluster.demo.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The way to a store, which counts what passes, and can be cut or made slow. Clients connect to {@link #port} instead of the
 * store's own.
 */
final class Wire implements AutoCloseable {
    private static final int CONNECT_MILLIS = 2_000;

    private final int store;
    private final int port;
    private final Set<Line> lines = ConcurrentHashMap.newKeySet();
    private final LongAdder turns = new LongAdder();
    private final LongAdder sent = new LongAdder();
    private final LongAdder answered = new LongAdder();
    private final Object monitor = new Object();
    /** Under the monitor. */
    private Door door;

    private boolean answersHeld;
    private volatile Duration delay = Duration.ZERO;
    private volatile boolean closed;

    private Wire(int store, int port) throws IOException {
        this.store = store;
        this.port = port;
        this.door = new Door();
    }

    /** A way to what listens at this port of the loopback address. */
    static Wire to(int store) throws IOException {
        return new Wire(store, Ports.free());
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void connect(Socket client, Door through) {
        Line line = new Line(client, new Socket());
        lines.add(line);
        try {
            // It may have been closed since, and all lines cut but this one.
            if (through.isClosed()) throw new IOException("refused");
            line.server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), store), CONNECT_MILLIS);
            client.setTcpNoDelay(true);
            line.server.setTcpNoDelay(true);
        } catch (IOException e) {
            line.cut();
            return;
        }
        daemon("wire-answers", line::answers);
        line.requests();
    }

    int port() {
        return port;
    }

    /** What has passed since it was opened. */
    Traffic traffic() {
        return new Traffic(turns.sum(), sent.sum(), answered.sum());
    }

    /** Cuts every connection; new ones may be made. */
    void cut() {
        lines.forEach(Line::cut);
    }

    /** Cuts every connection, and lets nobody in until {@link #resume}. */
    void refuse() throws IOException {
        synchronized (monitor) {
            door.close();
        }
        cut();
    }

    /** Holds back what is answered, so that what is asked is done and nobody hears of it, until {@link #resume}. */
    void holdAnswers() {
        synchronized (monitor) {
            answersHeld = true;
        }
    }

    /** Lets every request wait so long before it is passed on. */
    void delay(Duration each) {
        delay = each;
    }

    /** Lets everything through again, the answers that were held back too, where their connection is still there. */
    void resume() throws IOException {
        delay = Duration.ZERO;
        synchronized (monitor) {
            answersHeld = false;
            if (door.isClosed()) door = new Door();
            monitor.notifyAll();
        }
    }

    @Override
    public void close() throws IOException {
        closed = true;
        refuse();
        synchronized (monitor) {
            answersHeld = false;
            monitor.notifyAll();
        }
    }

    /**
     * What has passed.
     *
     * @param roundTrips how often somebody asked who had asked nothing before, or had got an answer since
     * @param sent bytes to the store
     * @param answered bytes from it
     */
    record Traffic(long roundTrips, long sent, long answered) {
        /** What has passed since. */
        Traffic since(Traffic before) {
            return new Traffic(roundTrips - before.roundTrips, sent - before.sent, answered - before.answered);
        }
    }

    /** Where clients come in. */
    private final class Door {
        private final ServerSocket socket = new ServerSocket();
        private final Thread keeper;

        Door() throws IOException {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            keeper = daemon("wire-accepts", this::accept);
        }

        private void accept() {
            while (true) {
                try {
                    Socket client = socket.accept();
                    daemon("wire-connects", () -> connect(client, this));
                } catch (IOException e) {
                    // The door was closed.
                    return;
                }
            }
        }

        boolean isClosed() {
            return socket.isClosed();
        }

        /** Until the port is free again, which it is not while somebody accepts. */
        void close() throws IOException {
            socket.close();
            try {
                keeper.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** One connection. */
    private final class Line {
        private static final int MOST_AT_ONCE = 65_536;

        private final Socket client;
        private final Socket server;
        /** Whether somebody waits for an answer; under this object's monitor. */
        private boolean asked;

        Line(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        void requests() {
            pass(client, server, this::requested);
        }

        void answers() {
            pass(server, client, this::answered);
        }

        private void pass(Socket from, Socket to, Passing passing) {
            byte[] bytes = new byte[MOST_AT_ONCE];
            try {
                InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream();
                for (int length = in.read(bytes); length >= 0; length = in.read(bytes)) {
                    // Before it is passed on: what comes back is counted after it.
                    passing.passes(length);
                    out.write(bytes, 0, length);
                }
            } catch (IOException e) {
                // One of the two is gone, and so is the other.
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                cut();
            }
        }

        private void requested(int length) throws InterruptedException {
            sent.add(length);
            synchronized (this) {
                if (!asked) turns.increment();
                asked = true;
            }
            Duration wait = delay;
            if (!wait.isZero()) Thread.sleep(wait.toMillis()); // to be slow is what it is asked for
        }

        private void answered(int length) throws InterruptedException {
            synchronized (monitor) {
                while (answersHeld && !closed) monitor.wait();
            }
            answered.add(length);
            synchronized (this) {
                asked = false;
            }
        }

        void cut() {
            lines.remove(this);
            for (Socket socket : new Socket[] {client, server}) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // It was closed.
                }
            }
        }
    }

    @FunctionalInterface
    private interface Passing {
        void passes(int length) throws InterruptedException;
    }
}
