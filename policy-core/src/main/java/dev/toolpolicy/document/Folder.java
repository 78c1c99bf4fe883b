package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Policy;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** A folder of documents. */
record Folder(Path path) implements Followed {
    /** As many as a look can see to in time. */
    static final int MAX_DOCUMENTS = 10_000;

    /** What stands for bytes that are no character. */
    private static final char UNDECODABLE = '\ufffd';

    private static final String ENDING = ".json";
    /** What editors complete documents and cases by; it lies beside them. */
    private static final Set<String> SCHEMAS = Set.of("policy.schema.json", "policy-cases.schema.json");
    /** Tests of a policy lie beside it. */
    private static final String CASES = ".cases.json";

    Folder {
        requireNonNull(path, "dir");
    }

    @Override
    public Listing list() {
        SortedMap<String, Path> documents = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path, Folder::isDocument)) {
            for (Path entry : entries) {
                if (documents.size() == MAX_DOCUMENTS) return Listing.faulty(tooMany());
                String file = entry.getFileName().toString();
                Path other = documents.put(file.substring(0, file.length() - ENDING.length()), entry);
                if (other != null || file.indexOf(UNDECODABLE) >= 0) return Listing.faulty(unreadableName());
            }
            return Listing.of(documents);
        } catch (DirectoryIteratorException | IOException | SecurityException e) {
            return Listing.faulty(Unreadable.folder(e));
        }
    }

    private static boolean isDocument(Path entry) {
        String file = entry.getFileName().toString();
        return file.endsWith(ENDING) && !file.endsWith(CASES) && !file.startsWith(".") && !SCHEMAS.contains(file);
    }

    /** Two such names look alike, and one would take the other's place. */
    private static Problem unreadableName() {
        return Problem.ofAll(
                Code.UNREADABLE_FILE,
                "the folder holds a name that is not text in the encoding of this system, expected names of letters and digits",
                "rename the file, or give the process the locale that its name was written in");
    }

    private static Problem tooMany() {
        return Problem.ofAll(
                Code.TOO_LARGE,
                "the folder holds more than " + MAX_DOCUMENTS + " policies, expected at most that",
                "let callers who may do the same share a policy");
    }

    @Override
    public String digest(SortedMap<String, Policy> policies) {
        StringBuilder all = new StringBuilder();
        policies.forEach((name, policy) -> {
            append(all, name);
            append(all, policy.digest());
        });
        return Sha256.of(all.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static void append(StringBuilder all, String text) {
        all.append(text.getBytes(StandardCharsets.UTF_8).length).append(':').append(text);
    }
}
