package dev.toolpolicy.examples.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.examples.cluster.Wire.Traffic;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WireTest {
    private Echo echo;
    private Wire wire;

    @BeforeEach
    void open() throws IOException {
        echo = new Echo();
        wire = Wire.to(echo.port());
    }

    @AfterEach
    void close() throws IOException {
        wire.close();
        echo.close();
    }

    @Test
    void countsRoundTripsAndBytesEachWay() throws IOException {
        try (Caller caller = new Caller(wire.port())) {
            for (int i = 0; i < 100; i++) assertThat(caller.call("hello")).isEqualTo("hello");
            Traffic before = wire.traffic();
            caller.send("a");
            caller.send("b");
            assertThat(caller.answer() + caller.answer()).isEqualTo("ab");

            assertThat(before).isEqualTo(new Traffic(100, 600, 600));
            assertThat(wire.traffic().since(before).sent()).isEqualTo(4);
            assertThat(wire.traffic().since(before).roundTrips()).isBetween(1L, 2L);
        }
    }

    @Test
    void cutsWhatIsConnectedAndLetsIn() throws Exception {
        try (Caller caller = new Caller(wire.port())) {
            assertThat(caller.call("a")).isEqualTo("a");
            wire.cut();
            assertThatThrownBy(() -> caller.call("b")).isInstanceOf(IOException.class);
        }
        try (Caller caller = new Caller(wire.port())) {
            assertThat(caller.call("c")).isEqualTo("c");
        }
    }

    @Test
    void refusesUntilItIsResumed() throws Exception {
        try (Caller caller = new Caller(wire.port())) {
            assertThat(caller.call("a")).isEqualTo("a");
            wire.refuse();
            assertThatThrownBy(() -> caller.call("b")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> new Caller(wire.port())).isInstanceOf(IOException.class);
        }
        wire.resume();
        try (Caller caller = new Caller(wire.port())) {
            assertThat(caller.call("c")).isEqualTo("c");
        }
    }

    @Test
    void holdsAnswersBackToWhatIsDone() throws Exception {
        try (Caller caller = new Caller(wire.port())) {
            wire.holdAnswers();
            caller.send("a");
            Eventually.so("it is done", () -> echo.heard() == 1);
            caller.patience(Duration.ofMillis(50));
            assertThatThrownBy(caller::answer).isInstanceOf(SocketTimeoutException.class);
        }
        wire.resume();
        try (Caller caller = new Caller(wire.port())) {
            assertThat(caller.call("b")).isEqualTo("b");
        }
    }

    @Test
    void losesAnswersThatAreHeldWhenItIsCut() throws Exception {
        try (Caller caller = new Caller(wire.port())) {
            wire.holdAnswers();
            caller.send("a");
            Eventually.so("it is done", () -> echo.heard() == 1);
            wire.cut();
            wire.resume();
            assertThatThrownBy(caller::answer).isInstanceOf(IOException.class);
        }
    }

    @Test
    void delaysEachRequest() throws Exception {
        try (Caller caller = new Caller(wire.port())) {
            wire.delay(Duration.ofMillis(40));
            long begun = System.nanoTime();
            assertThat(caller.call("a")).isEqualTo("a");
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThanOrEqualTo(Duration.ofMillis(40));
        }
    }

    /** Says every line again. */
    private static final class Echo implements AutoCloseable {
        private final ServerSocket door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final AtomicInteger heard = new AtomicInteger();

        Echo() throws IOException {
            start(() -> {
                while (true) {
                    Socket socket = door.accept();
                    start(() -> answer(socket));
                }
            });
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void start(Work work) {
            Thread thread = new Thread(
                    () -> {
                        try {
                            work.run();
                        } catch (IOException e) {
                            // The test is over.
                        }
                    },
                    "echo");
            thread.setDaemon(true);
            thread.start();
        }

        private void answer(Socket socket) throws IOException {
            try (BufferedReader lines = reader(socket)) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    heard.incrementAndGet();
                    socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                }
            }
        }

        int port() {
            return door.getLocalPort();
        }

        int heard() {
            return heard.get();
        }

        @Override
        public void close() throws IOException {
            door.close();
        }
    }

    private static final class Caller implements AutoCloseable {
        private final Socket socket;
        private final BufferedReader lines;

        Caller(int port) throws IOException {
            socket = new Socket(InetAddress.getLoopbackAddress(), port);
            patience(Duration.ofSeconds(10));
            lines = reader(socket);
        }

        void patience(Duration patience) throws IOException {
            socket.setSoTimeout((int) patience.toMillis());
        }

        String call(String line) throws IOException {
            send(line);
            return answer();
        }

        void send(String line) throws IOException {
            socket.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
        }

        String answer() throws IOException {
            String line = lines.readLine();
            if (line == null) throw new IOException("cut");
            return line;
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }
}
