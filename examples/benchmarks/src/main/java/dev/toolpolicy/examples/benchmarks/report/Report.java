package dev.toolpolicy.examples.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** A folder with all that is kept of a run: what JMH wrote, where it was, and what both come to. */
public final class Report {
    private final Path folder;

    private Report(Path folder) {
        this.folder = folder;
    }

    /** In this folder, which is made if it is not there. */
    public static Report in(Path folder) throws IOException {
        return new Report(Files.createDirectories(folder));
    }

    /** Where JMH is to write its results. */
    public Path raw() {
        return folder.resolve("jmh.json");
    }

    /**
     * Writes what the results come to, and returns the tables.
     *
     * @param programs what was measured without JMH
     */
    public String write(Map<String, Map<String, Double>> programs) throws IOException, InterruptedException {
        Map<String, Object> run = Machine.now(folder);
        run.put("programs", new TreeMap<>(programs));
        new ObjectMapper()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .writeValue(folder.resolve("run.json").toFile(), run);
        Rows rows = Rows.read(raw());
        String tables = new Goals(rows).text() + new Tables(rows).text() + table(programs);
        Files.writeString(folder.resolve("tables.md"), tables);
        if (rows.of(Tables.PEERS).findAny().isPresent())
            Files.writeString(folder.resolve("peers.svg"), Picture.of(rows));
        return tables;
    }

    private static String table(Map<String, Map<String, Double>> programs) {
        StringBuilder out = new StringBuilder("\n| | | |\n|---|---|---:|\n");
        programs.forEach((program, figures) -> figures.forEach(
                (figure, value) -> out.append("| " + program + " | " + figure + " | " + Text.of(value) + " |\n")));
        return out.toString();
    }
}
