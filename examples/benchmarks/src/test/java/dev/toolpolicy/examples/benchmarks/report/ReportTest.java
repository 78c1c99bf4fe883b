package dev.toolpolicy.examples.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** Of a few results, whose figures are round. */
class ReportTest {
    @TempDir
    Path folder;

    private Report report;
    private Rows rows;

    @BeforeEach
    void copyResults() throws IOException {
        report = Report.in(folder.resolve("results"));
        try (InputStream results = ReportTest.class.getResourceAsStream("jmh.json")) {
            Files.copy(Objects.requireNonNull(results), report.raw());
        }
        rows = Rows.read(report.raw());
    }

    @Test
    void timeIsThatOfAProcessorWhereItWasMeasured() {
        assertThat(rows.find("Peers", "SAPL", row -> true).orElseThrow().time()).isEqualTo(100_000);
        assertThat(rows.find("Freezing", "of", row -> true).orElseThrow())
                .satisfies(row -> assertThat(row.time()).isEqualTo(250))
                .satisfies(row -> assertThat(row.bytes()).isNaN());
    }

    @Test
    void aTableHasARowForEachPeerAndAColumnForEachSize() {
        assertThat(new Tables(rows).text())
                .contains("| × the floor, with so many rules | 10 | 100 | ns, with them | B/op, with most |")
                .contains("| **toolpolicy** | 3.00 | 3.50 | 30.0 / 35.0 | 0 |")
                .contains("| SAPL 3.0.0 | 10,000 | 90,000 | 100,000 / 900,000 | 12,346 |");
    }

    @Test
    void othersAreBesideTheirFloorIfTheyHaveOne() {
        assertThat(new Tables(rows).text())
                .contains(
                        "| `Deciding.toolpolicy` | tools=1, workload=NO_RULES | 2.50 | 50.0 ± 1.00 ns | 20.0 ± 1.00 ns | 0 |")
                .contains("| `Freezing.of` |  |  | 250 ns |  |  |")
                .doesNotContain("`Deciding.floor`");
    }

    @Test
    void aGoalIsAboutItsWorstRow() {
        assertThat(new Goals(rows).text())
                .contains("| a decision without limits, × its floor: `Deciding` | ≤ 4.00 | 3.00 | yes |")
                .contains("| the same: `Peers` | ≤ 4.00 | 3.50 | yes |")
                .contains("| SAPL, × the library | ≥ 3.00 | 3,333 | yes |")
                .contains("beside what the floor takes more | ≤ 1.25 | 1.20 | yes |");
    }

    @Test
    void aGoalThatIsMissedSaysSo() throws IOException {
        Files.writeString(report.raw(), Files.readString(report.raw()).replace("\"score\": 35,", "\"score\": 45,"));

        assertThat(new Goals(Rows.read(report.raw())).text())
                .contains("| the same: `Peers` | ≤ 4.00 | 4.50 | **no** |");
    }

    @Test
    void whatWasNotMeasuredIsNoGoal() {
        assertThat(new Goals(rows).text()).doesNotContain("Spring").doesNotContain("tryConsume");
    }

    @Test
    void thePictureIsWellFormedAndHasABarForEachPeerAndSize() throws Exception {
        Path picture = folder.resolve("peers.svg");
        Files.writeString(picture, Picture.of(rows));

        Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(picture.toFile());
        NodeList bars = svg.getElementsByTagName("rect");
        assertThat(bars.getLength()).isEqualTo(4);
        // Ten thousand times the floor is four times ten times the floor.
        assertThat(bars.item(2).getAttributes().getNamedItem("width").getNodeValue())
                .isEqualTo("360");
        assertThat(svg.getElementsByTagName("style").item(0).getTextContent()).contains("prefers-color-scheme: dark");
    }

    @Test
    void aRunWithoutPeersHasNoPicture() throws Exception {
        Files.writeString(report.raw(), "[]");

        report.write(Map.of());

        assertThat(folder.resolve("results")).isDirectoryNotContaining("glob:**.svg");
    }

    @Test
    void aFolderSaysWhereAndOfWhatItWasMeasured() throws Exception {
        String tables = report.write(Map.of("a counter", Map.of("bytes", 241.0)));

        assertThat(tables).contains("| a counter | bytes | 241 |");
        assertThat(folder.resolve("results/tables.md")).hasContent(tables);
        JsonNode run =
                new ObjectMapper().readTree(folder.resolve("results/run.json").toFile());
        assertThat(run.path("processors").asInt()).isPositive();
        assertThat(run.path("java").asText()).contains(System.getProperty("java.runtime.version"));
        assertThat(run.path("programs").path("a counter").path("bytes").asDouble())
                .isEqualTo(241.0);
        assertThat(run.has("commit")).isTrue();
    }
}
