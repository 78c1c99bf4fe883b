package dev.toolpolicy.examples.policytests;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The licences that CONTRIBUTING.md lists are those of the SBOMs, and so of what users get. */
class LicencesTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([\\w.-]+:[\\w.-]+)` \\| (\\S+) \\| ([^|]+) \\| `(policy-\\w+)` \\|$");

    private record Library(String name, String version, String licence) {}

    @Test
    void listIsWhatPolicyCoreBringsAlong() throws IOException {
        assertThat(listed(Set.of("policy-core"))).isEqualTo(inSbomOf("policy-core"));
    }

    @Test
    void listIsWhatPolicyJsonschemaBringsAlong() throws IOException {
        assertThat(listed(Set.of("policy-core", "policy-jsonschema"))).isEqualTo(inSbomOf("policy-jsonschema"));
    }

    private static Set<Library> listed(Set<String> modules) throws IOException {
        return ROW.matcher(Files.readString(ROOT.resolve("CONTRIBUTING.md")))
                .results()
                .filter(row -> modules.contains(row.group(4)))
                .map(row -> new Library(row.group(1), row.group(2), row.group(3)))
                .collect(toSet());
    }

    private static Set<Library> inSbomOf(String module) throws IOException {
        Path sbom = ROOT.resolve(module).resolve("target/bom.json");
        assumeTrue(
                isNewerThan(sbom, ROOT.resolve("pom.xml")) && isNewerThan(sbom, ROOT.resolve(module + "/pom.xml")),
                "the SBOM of " + module + " is made by mvn verify");
        Map<?, ?> read =
                (Map<?, ?>) JsonText.read(Files.readAllBytes(sbom), 1 << 24).value();
        return ((List<?>) read.get("components"))
                .stream()
                        .map(component -> (Map<?, ?>) component)
                        .filter(component -> !component.get("group").equals("dev.toolpolicy"))
                        .map(component -> new Library(
                                component.get("group") + ":" + component.get("name"),
                                (String) component.get("version"),
                                licence(component)))
                        .collect(toSet());
    }

    private static String licence(Map<?, ?> component) {
        List<?> licences = (List<?>) component.get("licenses");
        assertThat(licences).as("licences of %s", component.get("name")).hasSize(1);
        Map<?, ?> licence = (Map<?, ?>) ((Map<?, ?>) licences.get(0)).get("license");
        return (String) (licence.containsKey("id") ? licence.get("id") : licence.get("name"));
    }

    private static boolean isNewerThan(Path file, Path other) throws IOException {
        return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(other)) > 0;
    }
}
