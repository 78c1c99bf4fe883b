package dev.toolpolicy.document;

import dev.toolpolicy.document.Followed.Listing;
import dev.toolpolicy.document.Look.Seen;
import dev.toolpolicy.json.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Looks at what is followed, and remembers what it saw: a file whose size and times are what they were is not read each time. */
final class Looker {
    private record Stat(String file, long size, FileTime modified) {
        static Stat of(BasicFileAttributes attributes) {
            return new Stat(
                    // Some systems have no such key.
                    Objects.toString(attributes.fileKey(), "unknown"),
                    attributes.size(),
                    attributes.lastModifiedTime());
        }
    }

    private record Glimpse(Stat stat, Seen seen) {}

    private final Followed followed;
    private Map<String, Glimpse> last = Map.of();

    Looker(Followed followed) {
        this.followed = followed;
    }

    /**
     * What is there now.
     *
     * @param wholly whether every byte is read, for a change need not show in size and times
     */
    Look look(boolean wholly) {
        Listing listing = followed.list();
        SortedMap<String, Seen> documents = new TreeMap<>();
        Map<String, Glimpse> glimpses = new HashMap<>();
        Map<String, Glimpse> known = wholly ? Map.of() : last;
        listing.documents().forEach((name, path) -> documents.put(name, see(name, path, known, glimpses)));
        last = glimpses;
        return new Look(documents, listing.fault());
    }

    private static Seen see(String name, Path path, Map<String, Glimpse> known, Map<String, Glimpse> glimpses) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) return unreadable(path, Unreadable.notAFile(attributes));
            Stat stat = Stat.of(attributes);
            Glimpse before = known.get(name);
            Glimpse now = before != null && before.stat().equals(stat)
                    ? before
                    : new Glimpse(stat, new Seen(path, Sha256.of(read(path)), Optional.empty()));
            glimpses.put(name, now);
            return now.seen();
        } catch (IOException | SecurityException e) {
            return unreadable(path, Unreadable.file(path, e));
        }
    }

    private static Seen unreadable(Path path, Problem problem) {
        return new Seen(path, problem.message(), Optional.of(problem));
    }

    /** The bytes that were seen; empty if there are others by now, or none. */
    static Optional<byte[]> readAgain(Seen seen) {
        try {
            byte[] bytes = read(seen.path());
            return Sha256.of(bytes).equals(seen.content()) ? Optional.of(bytes) : Optional.empty();
        } catch (IOException | SecurityException e) {
            return Optional.empty();
        }
    }

    /** One byte more than is allowed, where there are more: the parser refuses it. */
    private static byte[] read(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(PolicyParser.MAX_BYTES + 1);
        }
    }
}
