package dev.toolpolicy.examples.gateway.peers;

import dev.toolpolicy.examples.gateway.GatewayProgram;
import dev.toolpolicy.examples.gateway.Started;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the gateway adds to a call over standard streams: one client, which writes lines and reads lines, and several connections to the
 * same server, without a gateway, with one, and with one that records every decision. The calls go round, so that whatever else the
 * machine does meets all alike. {@code mvn -q process-test-classes -Platency -pl examples/mcp-gateway}
 * starts it.
 */
final class Latency {
    private static final String EVERYTHING = "@modelcontextprotocol/server-everything/dist/index.js";
    private static final String POLICY = """
            { "version": "1", "default": "deny", "tools": { "echo": {
                "require": [ { "path": "args.message", "op": "is", "value": "string" } ],
                "limits": [ { "counter": "echoes", "window": "hour", "max": 1000000, "scope": "grant" } ] } } }""";

    private Latency() {}

    public static void main(String[] args) throws Exception {
        int calls = args.length == 0 ? 20_000 : Integer.parseInt(args[0]);
        NodePackages.require();
        Path folder = Files.createTempDirectory("latency");
        Path policy = Files.writeString(folder.resolve("policy.json"), POLICY);
        List<String> server = NodePackages.node(EVERYTHING);
        List<String> audited = List.of("--audit", folder.resolve("audit.jsonl").toString());
        try (Line direct = Line.to("direct", server);
                Line gateway = Line.to("gateway", through(policy, List.of(), server));
                Line recording = Line.to("gateway, --audit", through(policy, audited, server))) {
            List<Line> lines = List.of(direct, gateway, recording);
            measure(lines, calls / 2);
            report(lines, measure(lines, calls));
        }
    }

    private static List<String> through(Path policy, List<String> more, List<String> server) {
        List<String> args = new ArrayList<>(List.of("--policy", policy.toString()));
        args.addAll(more);
        args.add("--");
        args.addAll(server);
        List<String> command = new ArrayList<>(Started.javaCommand(GatewayProgram.class, args));
        // As it would be started for work, not for a test that ends soon.
        command.remove("-XX:TieredStopAtLevel=1");
        return command;
    }

    /** The times of so many calls over each line, in nanoseconds, sorted. */
    private static long[][] measure(List<Line> lines, int calls) throws IOException {
        long[][] times = new long[lines.size()][calls];
        for (int call = 0; call < calls; call++) {
            // Each is as often the first as any other.
            for (int i = 0; i < lines.size(); i++) {
                int which = (call + i) % lines.size();
                times[which][call] = lines.get(which).echo();
            }
        }
        for (long[] each : times) Arrays.sort(each);
        return times;
    }

    private static void report(List<Line> lines, long[][] times) {
        System.out.printf(
                Locale.ROOT,
                "%d calls each, Java %s, microseconds%n%-18s%10s%10s%12s%12s%n",
                times[0].length,
                Runtime.version(),
                "",
                "median",
                "p99",
                "+ median",
                "+ p99");
        for (int i = 0; i < times.length; i++) {
            double median = micros(times[i], 0.5);
            double high = micros(times[i], 0.99);
            System.out.printf(
                    Locale.ROOT,
                    "%-18s%10.0f%10.0f%12.0f%12.0f%n",
                    lines.get(i).name,
                    median,
                    high,
                    median - micros(times[0], 0.5),
                    high - micros(times[0], 0.99));
        }
    }

    private static double micros(long[] sorted, double part) {
        return sorted[(int) Math.ceil(part * sorted.length) - 1] / 1_000.0;
    }

    /** A connection to a server that has been started for it. */
    private static final class Line implements AutoCloseable {
        private static final byte[] REQUEST = ("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\","
                        + "\"params\":{\"name\":\"echo\",\"arguments\":{\"message\":\"hello\"}}}\n")
                .getBytes(StandardCharsets.UTF_8);

        private final String name;
        private final Process process;
        private final OutputStream in;
        private final BufferedReader out;

        private Line(String name, Process process) {
            this.name = name;
            this.process = process;
            this.in = process.getOutputStream();
            this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        static Line to(String name, List<String> command) throws IOException {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Line line = new Line(name, process);
            line.send(
                    ("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\","
                                    + "\"capabilities\":{},\"clientInfo\":{\"name\":\"latency\",\"version\":\"1\"}}}\n"
                                    + "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n")
                            .getBytes(StandardCharsets.UTF_8));
            line.answer(0);
            return line;
        }

        /** How long a call took, in nanoseconds. */
        long echo() throws IOException {
            long begun = System.nanoTime();
            send(REQUEST);
            String answer = answer(1);
            long took = System.nanoTime() - begun;
            if (!answer.contains("Echo: hello")) throw new IOException(name + " answered " + answer);
            return took;
        }

        private void send(byte[] bytes) throws IOException {
            in.write(bytes);
            in.flush();
        }

        /** What else the server says is passed over. */
        private String answer(int id) throws IOException {
            String line = out.readLine();
            while (line != null && !line.contains("\"id\":" + id)) line = out.readLine();
            if (line == null) throw new IOException(name + " has ended");
            return line;
        }

        @Override
        public void close() {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
