package dev.toolpolicy.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.toolpolicy.audit.AuditVerifier.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a log in a folder of their own, to be written, damaged and verified. */
record LogDir(Path dir, boolean keyed) {
    Path log() {
        return dir.resolve("audit.jsonl");
    }

    Path file(String suffix) {
        return dir.resolve("audit.jsonl" + suffix);
    }

    JsonLinesAudit.Builder builder() {
        JsonLinesAudit.Builder builder =
                JsonLinesAudit.builder(log()).clock(() -> Records.TIME).digestKey(Records.KEY);
        return keyed ? builder.key(Records.KEY) : builder;
    }

    /** Writes a log of so many lines, the first of which is the log's own. */
    LogDir written(int lines) {
        try (JsonLinesAudit audit = builder().open()) {
            for (int i = 2; i <= lines; i++) audit.record(Records.plain(i));
        }
        return this;
    }

    Result verify() {
        return keyed ? AuditVerifier.verify(log(), Records.KEY) : AuditVerifier.verify(log());
    }

    Chain chain() {
        return keyed ? Chain.keyed(Records.KEY) : Chain.plain();
    }

    List<String> lines() {
        return new ArrayList<>(List.of(text().split("\n")));
    }

    void write(List<String> lines) {
        text(String.join("\n", lines) + "\n");
    }

    String text() {
        try {
            return Files.readString(log(), ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void text(String text) {
        try {
            Files.writeString(log(), text, ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] head() {
        try {
            return Files.readAllBytes(file(".head"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void head(byte[] head) {
        try {
            Files.write(file(".head"), head);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The names of all files, sorted. */
    List<String> names() {
        try (Stream<Path> all = Files.list(dir)) {
            return all.map(path -> path.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void deleteAll() {
        for (String name : names()) {
            try {
                Files.delete(dir.resolve(name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
