package dev.toolpolicy.examples.mcpserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows is what the files hold, and what it says to write and to run is taken. */
class ReadmeTest {
    private static final Path SOURCES = Path.of("src/main/java/dev/toolpolicy/examples/mcpserver");
    private static final Pattern BLOCK = Pattern.compile("```(\\w*)\n(.*?)```", Pattern.DOTALL);

    @Test
    void showsTheFiles() throws IOException {
        assertThat(blocks("java"))
                .containsExactly(
                        shown(SOURCES.resolve("GuardedTools.java")), shown(SOURCES.resolve("NotesServer.java")));
    }

    @Test
    void showsWhatTheDemoPrints() throws IOException {
        assertThat(blocks("")).contains(Files.readString(Path.of("src/test/resources/demo.txt")));
    }

    @Test
    void theCallersItShowsAreCallers(@TempDir Path folder) throws IOException {
        Callers callers = Callers.in(
                Files.writeString(folder.resolve("callers.json"), blocks("json").get(0)));
        assertThat(callers.granted("alice-laptop")).isPresent();
    }

    @Test
    void theCommandsItShowsAreTaken() throws IOException {
        JsonNode host = Site.JSON.readTree(blocks("json").get(1));
        List<String> stdio = new ArrayList<>();
        host.at("/mcpServers/notes-and-charges/args").forEach(word -> stdio.add(word.asText()));
        assertThat(settings(stdio).grant()).contains("alice-laptop");

        String http = blocks("").stream()
                .filter(block -> block.startsWith("java ") && block.contains(" http "))
                .findFirst()
                .orElseThrow();
        Settings settings = settings(List.of(http.strip().split(" ")));
        assertThat(settings.port()).isEqualTo(8080);
        assertThat(Path.of("../..").resolve(settings.policy())).exists();
    }

    @Test
    void theClassesItNamesAreThere() throws IOException {
        Matcher row = Pattern.compile("^\\| (`\\w+`(?:, `\\w+`)*) \\|", Pattern.MULTILINE)
                .matcher(readme());
        List<String> named = new ArrayList<>();
        while (row.find()) named.addAll(List.of(row.group(1).replace("`", "").split(", ")));
        assertThat(named).contains("GuardedTools", "MessageLines");
        assertThat(named)
                .allSatisfy(name -> assertThat(SOURCES.resolve(name + ".java")).exists());
    }

    private static Settings settings(List<String> command) {
        return Settings.of(command.subList(command.indexOf(NotesServer.class.getName()) + 1, command.size()));
    }

    /** What stands between the two marks of a program. */
    private static String shown(Path program) throws IOException {
        String file = Files.readString(program);
        int from = file.indexOf("// README from here\n") + "// README from here\n".length();
        int to = file.lastIndexOf('\n', file.indexOf("// README to here"));
        return file.substring(from, to).stripIndent() + "\n";
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(readme());
        while (block.find()) if (block.group(1).equals(language)) blocks.add(block.group(2));
        return blocks;
    }

    private static String readme() throws IOException {
        return Files.readString(Path.of("README.md"));
    }
}
