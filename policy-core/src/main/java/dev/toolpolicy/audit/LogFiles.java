package dev.toolpolicy.audit;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.TreeSet;

/** The files of one log, by their names. */
record LogFiles(Path current) {
    private static final int DIGITS = 6;

    LogFiles {
        current = current.toAbsolutePath().normalize();
        if (current.getFileName() == null) throw new IllegalArgumentException("a log is a file, not a root folder");
    }

    Path head() {
        return beside(".head");
    }

    Path lock() {
        return beside(".lock");
    }

    /** Where a file goes that is no longer written to. */
    Path older(int segment) {
        String digits = Integer.toString(segment);
        return beside("." + "0".repeat(Math.max(0, DIGITS - digits.length())) + digits);
    }

    Path folder() {
        Path folder = current.getParent();
        if (folder == null) throw new IllegalArgumentException("a log is in a folder");
        return folder;
    }

    private Path beside(String suffix) {
        return current.resolveSibling(name(current) + suffix);
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /** The numbers of the files that are no longer written to. */
    NavigableSet<Integer> older() throws IOException {
        NavigableSet<Integer> numbers = new TreeSet<>();
        String prefix = name(current) + ".";
        try (DirectoryStream<Path> all =
                Files.newDirectoryStream(folder(), path -> name(path).startsWith(prefix))) {
            for (Path path : all) {
                String digits = name(path).substring(prefix.length());
                if (digits.length() < DIGITS
                        || digits.length() > 9
                        || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) continue;
                int number = Integer.parseInt(digits);
                if (older(number).equals(path)) numbers.add(number);
            }
        }
        return numbers;
    }

    /** How long a file is; 0 if it is not there. */
    static long length(Path path) throws IOException {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS) ? Files.size(path) : 0;
    }
}
