package dev.toolpolicy.examples.cluster;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.toolpolicy.examples.cluster.demo.Ports;
import dev.toolpolicy.examples.cluster.demo.Signal;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A PostgreSQL server in processes of its own, that can be killed, paused and started again; with the table for buckets. */
final class Postgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String USER = "postgres";
    static final String TABLE = """
            CREATE TABLE bucket (id TEXT PRIMARY KEY, state BYTEA, expires_at BIGINT NOT NULL DEFAULT 0);
            CREATE INDEX bucket_expires_at ON bucket (expires_at);""";

    private final Path folder;
    private final int port;
    private EmbeddedPostgres server;

    private Postgres(Path folder, int port) throws IOException {
        this.folder = folder;
        this.port = port;
        this.server = launch();
    }

    static Postgres start() throws IOException, SQLException {
        Path folder = Files.createTempDirectory("toolpolicy-postgres");
        Postgres started = new Postgres(folder, Ports.free());
        try (HikariDataSource pool = pool(started.port(), 1)) {
            execute(pool, TABLE);
        } catch (SQLException e) {
            started.close();
            throw e;
        }
        return started;
    }

    private EmbeddedPostgres launch() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.resolve("data"))
                .setCleanDataDirectory(false)
                .setPort(port)
                .setPGStartupWait(PATIENCE)
                .setServerConfig("listen_addresses", "127.0.0.1")
                .setServerConfig("unix_socket_directories", "")
                // As a server has them that nobody set up for tests: what it has said it has written down.
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("fsync", "on")
                .setServerConfig("full_page_writes", "on")
                .setOutputRedirector(ProcessBuilder.Redirect.DISCARD)
                .setErrorRedirector(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Connections to what listens at this port, which is the server's own or a way to it. */
    static HikariDataSource pool(int port, int connections) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
        config.setUsername(USER);
        config.setMaximumPoolSize(connections);
        // The least that the pool takes: who waits longer has been denied already.
        config.setConnectionTimeout(250);
        config.setValidationTimeout(250);
        config.setInitializationFailTimeout(PATIENCE.toMillis());
        // The driver's own: a server that stands still would hold a connection for ever.
        config.addDataSourceProperty("socketTimeout", "2");
        config.addDataSourceProperty("connectTimeout", "2");
        // It asks a server that does not answer to give up a query, by another connection, for ten seconds.
        config.addDataSourceProperty("cancelSignalTimeout", "1");
        return new HikariDataSource(config);
    }

    static void execute(HikariDataSource pool, String sql) throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int port() {
        return port;
    }

    /** Ends it, with all that it has started, as {@code kill -9} does. */
    void kill() throws IOException {
        List<ProcessHandle> all = processes();
        all.forEach(ProcessHandle::destroyForcibly);
        // Each of them holds the shared memory that the next server wants.
        for (ProcessHandle process : all) gone(process);
        server.close();
    }

    private static void gone(ProcessHandle process) {
        process.onExit()
                .completeOnTimeout(process, PATIENCE.toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    void restart() throws IOException {
        server = launch();
    }

    void pause() throws IOException {
        // The first alone: it would make others, for connections that come meanwhile.
        Signal.STOP.to(List.of(postmaster()));
        Signal.STOP.to(processes());
    }

    void resume() throws IOException {
        Signal.CONT.to(processes());
    }

    private List<ProcessHandle> processes() throws IOException {
        ProcessHandle first = postmaster();
        List<ProcessHandle> all = new ArrayList<>(List.of(first));
        first.descendants().forEach(all::add);
        return all;
    }

    private ProcessHandle postmaster() throws IOException {
        String pid = Files.readAllLines(folder.resolve("data/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow(() -> new IOException("it does not run"));
    }

    @Override
    public void close() throws IOException {
        server.close();
        try (Stream<Path> left = Files.walk(folder)) {
            for (Path path : left.sorted(Comparator.reverseOrder()).toList()) Files.delete(path);
        }
    }
}
