package dev.toolpolicy.examples.cluster;

import io.github.bucket4j.redis.lettuce.Bucket4jLettuce;
import io.github.bucket4j.redis.lettuce.Bucket4jLettuce.LettuceBasedProxyManagerBuilder;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;

/**
 * A connection to the Redis that keeps the buckets, set for a control that denies when in doubt: while Redis is away a command
 * fails at once instead of waiting in line, and what a broken connection leaves open is not sent a second time.
 */
public final class RedisStore implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    /** Fixed and short: Lettuce would wait longer and longer, up to half a minute after Redis is back. */
    private static final Duration RECONNECT_DELAY = Duration.ofMillis(100);

    private static final String POLICY = "maxmemory_policy:";
    private static final int MOST_WAITING = 10_000;

    private final ClientResources resources;
    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> connection;

    private RedisStore(String address) {
        resources = ClientResources.builder()
                .reconnectDelay(Delay.constant(RECONNECT_DELAY))
                .build();
        client = RedisClient.create(resources, RedisURI.create(address));
        client.setOptions(options());
        try {
            connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
            requireThatItKeepsAll();
        } catch (RuntimeException e) {
            shutDown();
            throw e;
        }
    }

    // README from here
    private static ClientOptions options() {
        return ClientOptions.builder()
                .autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                // True drops a command: who sent it was told that it failed, or will be.
                .replayFilter(command -> true)
                .requestQueueSize(MOST_WAITING)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(CONNECT_TIMEOUT)
                        .keepAlive(true)
                        .build())
                .build();
    }
    // README to here

    /**
     * Connects, and stays connected: Redis may go away and come back.
     *
     * @param address as {@code redis://127.0.0.1:6379}
     * @throws io.lettuce.core.RedisConnectionException if it is not there now
     * @throws IllegalStateException if it would drop counters when its memory is full
     */
    public static RedisStore connect(String address) {
        return new RedisStore(address);
    }

    /** What it drops is counted anew. */
    private void requireThatItKeepsAll() {
        String policy = connection
                .sync()
                .info("memory")
                .lines()
                .filter(line -> line.startsWith(POLICY))
                .map(line -> line.substring(POLICY.length()))
                .findFirst()
                .orElse("unknown");
        if (!policy.equals("noeviction")) {
            throw new IllegalStateException("this Redis may drop counters when its memory is full (" + policy
                    + "): set maxmemory-policy noeviction");
        }
    }

    /** What Bucket4j needs to keep its buckets there; how long they live, and the rest, is for who counts with them. */
    public LettuceBasedProxyManagerBuilder<String> buckets() {
        return Bucket4jLettuce.casBasedBuilder(connection);
    }

    @Override
    public void close() {
        connection.close();
        shutDown();
    }

    private void shutDown() {
        client.shutdown(Duration.ZERO, CONNECT_TIMEOUT);
        resources.shutdown().awaitUninterruptibly(CONNECT_TIMEOUT.toMillis());
    }
}
