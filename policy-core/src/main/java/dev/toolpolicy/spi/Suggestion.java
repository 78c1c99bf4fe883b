package dev.toolpolicy.spi;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds the word that was probably meant: what a hint is made of. */
public final class Suggestion {
    private static final int MOST = 5;
    private static final int LONGEST = 64;

    private Suggestion() {}

    /** The one known word that is close enough to be meant. */
    public static Optional<String> nearest(String word, Collection<String> known) {
        if (word.isEmpty() || word.length() > LONGEST) return Optional.empty();
        int bound = Math.max(1, Math.min(3, word.length() / 3));
        return known.stream()
                .filter(candidate -> distance(word, candidate) <= bound)
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)));
    }

    /** The hint for a word that is nearly the one that was meant. */
    public static String didYouMean(String word) {
        return "did you mean `" + word + "`?";
    }

    /** A few of the known words, those that are nearest. */
    public static String among(String what, String word, List<String> known) {
        String start = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
        List<String> nearest = known.stream()
                .sorted(Comparator.comparingInt(candidate -> distance(start, candidate)))
                .limit(MOST)
                .sorted(Comparator.comparingInt(known::indexOf))
                .toList();
        String words = nearest.stream().map(name -> "`" + name + "`").collect(Collectors.joining(", "));
        return what + " are " + words + (nearest.size() < known.size() ? ", …" : "");
    }

    /**
     * A hint for a word out of a closed list: the one that was meant, else a few of them.
     *
     * @param what what the words are, as the beginning of a sentence: {@code "the operators"}
     */
    public static String of(String what, String word, List<String> known) {
        return nearest(word, known).map(Suggestion::didYouMean).orElseGet(() -> among(what, word, known));
    }

    /** How many letters must be changed, added, removed or swapped with their neighbour; none for another way to join words. */
    private static int distance(String word, String candidate) {
        String a = word.toLowerCase(Locale.ROOT);
        String b = candidate.toLowerCase(Locale.ROOT);
        if (joined(a).equals(joined(b))) return 0;
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) last[j] = j;
        for (int i = 1; i <= a.length(); i++) {
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + cost);
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
            }
            int[] free = beforeLast;
            beforeLast = last;
            last = row;
            row = free;
        }
        return last[b.length()];
    }

    private static String joined(String word) {
        return word.replace("_", "").replace("-", "").replace(" ", "");
    }
}
