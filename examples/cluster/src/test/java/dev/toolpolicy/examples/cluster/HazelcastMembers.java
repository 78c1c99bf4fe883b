package dev.toolpolicy.examples.cluster;

import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.toolpolicy.examples.cluster.demo.Ports;
import java.io.IOException;
import java.util.List;
import java.util.UUID;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Two members of a Hazelcast cluster in this process, which know of each other only. */
final class HazelcastMembers implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    /** Kept, or its level would be forgotten with it. */
    private static final Logger LOGGER = Logger.getLogger("com.hazelcast");

    private final HazelcastInstance first;
    private final HazelcastInstance second;

    private HazelcastMembers(HazelcastInstance first, HazelcastInstance second) {
        this.first = first;
        this.second = second;
    }

    static HazelcastMembers start() throws IOException {
        // It would say that it could be faster.
        LOGGER.setLevel(Level.SEVERE);
        String cluster = "test-" + UUID.randomUUID();
        int port = Ports.free();
        HazelcastInstance first = Hazelcast.newHazelcastInstance(config(cluster, port, port));
        try {
            return new HazelcastMembers(first, Hazelcast.newHazelcastInstance(config(cluster, Ports.free(), port)));
        } catch (IOException | RuntimeException e) {
            first.getLifecycleService().terminate();
            throw e;
        }
    }

    private static Config config(String cluster, int port, int firstPort) {
        Config config = new Config();
        config.setClusterName(cluster);
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.logging.type", "none");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.setProperty("hazelcast.socket.bind.any", "false");
        config.getJetConfig().setEnabled(false);
        config.getNetworkConfig().setPort(port).setPortAutoIncrement(false);
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface(LOOPBACK);
        JoinConfig join = config.getNetworkConfig().getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getTcpIpConfig().setEnabled(true).setMembers(List.of(LOOPBACK + ":" + firstPort));
        return config;
    }

    /** The map of buckets as one of the two sees it: 0 or 1. */
    IMap<String, byte[]> buckets(int member) {
        return (member == 0 ? first : second).getMap("buckets");
    }

    /** Where the first of the two listens. */
    int port() {
        return first.getCluster().getLocalMember().getAddress().getPort();
    }

    String clusterName() {
        return first.getConfig().getClusterName();
    }

    int size() {
        return first.getCluster().getMembers().size();
    }

    /** One of them is gone, without a word to the other. */
    void killSecond() {
        second.getLifecycleService().terminate();
    }

    @Override
    public void close() {
        second.getLifecycleService().terminate();
        first.getLifecycleService().terminate();
    }
}
