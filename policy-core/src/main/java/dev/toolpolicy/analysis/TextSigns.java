package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.PolicyDraft.Risk;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a server's own words say of a tool. Nobody has checked them: they may raise a class and never lower it, only the first
 * sentence is looked at, and what is repeated of it is a word of ours.
 */
final class TextSigns {
    private static final int LONGEST_SENTENCE = 300;

    /** As sentences begin: <i>deletes the queue</i>. No word that is as often a noun in the plural. */
    private static final Map<String, Risk> DOES = Map.ofEntries(
            Map.entry("deletes", Risk.DESTRUCTIVE),
            Map.entry("removes", Risk.DESTRUCTIVE),
            Map.entry("erases", Risk.DESTRUCTIVE),
            Map.entry("purges", Risk.DESTRUCTIVE),
            Map.entry("destroys", Risk.DESTRUCTIVE),
            Map.entry("truncates", Risk.DESTRUCTIVE),
            Map.entry("wipes", Risk.DESTRUCTIVE),
            Map.entry("overwrites", Risk.DESTRUCTIVE),
            Map.entry("terminates", Risk.DESTRUCTIVE),
            Map.entry("kills", Risk.DESTRUCTIVE),
            Map.entry("pays", Risk.FINANCIAL),
            Map.entry("buys", Risk.FINANCIAL),
            Map.entry("sells", Risk.FINANCIAL),
            Map.entry("withdraws", Risk.FINANCIAL),
            Map.entry("spends", Risk.FINANCIAL),
            Map.entry("executes", Risk.EXECUTE),
            Map.entry("runs", Risk.EXECUTE),
            Map.entry("invokes", Risk.EXECUTE),
            Map.entry("creates", Risk.WRITE),
            Map.entry("adds", Risk.WRITE),
            Map.entry("writes", Risk.WRITE),
            Map.entry("modifies", Risk.WRITE),
            Map.entry("sends", Risk.WRITE),
            Map.entry("opens", Risk.WRITE),
            Map.entry("submits", Risk.WRITE),
            Map.entry("signs", Risk.WRITE),
            Map.entry("publishes", Risk.WRITE),
            Map.entry("uploads", Risk.WRITE),
            Map.entry("spawns", Risk.EXECUTE),
            Map.entry("triggers", Risk.WRITE),
            Map.entry("starts", Risk.WRITE));

    /** What moves money, if it is money that it moves. */
    private static final Set<String> MOVES =
            Set.of("transfer", "transfers", "send", "sends", "move", "moves", "wire", "wires");

    private static final Set<String> MONEY =
            Set.of("money", "funds", "cash", "payment", "payments", "crypto", "tokens", "coins");

    private TextSigns() {}

    /** Adds what the first sentence of a text says; {@code whose} names the text, as in <i>its description</i>. */
    static void add(Signs signs, String text, String whose) {
        List<String> words = words(sentence(text));
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            Risk risk = DOES.get(word);
            // `Delete a queue`, and what is joined to it; elsewhere it is as likely a noun.
            boolean begins = begins(words, i);
            if (risk == null && begins) risk = RiskWords.verb(word).orElse(null);
            if (MOVES.contains(word)
                    && words.subList(i + 1, words.size()).stream().anyMatch(MONEY::contains)) {
                risk = Risk.FINANCIAL;
            }
            if (risk == null || risk == Risk.READ) continue;
            if (risk.compareTo(signs.risk()) <= 0) continue;
            String seen = "`" + word + "`";
            signs.suspect(risk, whose + " says", seen, "only " + whose + " says so");
        }
    }

    /** <i>Permanently delete</i> begins with a verb, too. */
    private static boolean begins(List<String> words, int at) {
        int before = at - 1;
        while (before >= 0 && words.get(before).endsWith("ly")) before--;
        return before < 0 || RiskWords.isJoining(words.get(before));
    }

    private static String sentence(String text) {
        int most = Math.min(text.length(), LONGEST_SENTENCE);
        for (int i = 0; i < most; i++) {
            char c = text.charAt(i);
            boolean ends = c == '\n' || (c == '.' && i + 1 < most && text.charAt(i + 1) == ' ');
            if (ends && i > 0) return text.substring(0, i);
        }
        return text.substring(0, most);
    }

    private static List<String> words(String sentence) {
        List<String> words = new ArrayList<>();
        int from = 0;
        for (int i = 0; i <= sentence.length(); i++) {
            // `delete_x` is the name of something, not a verb.
            if (i < sentence.length() && (Character.isLetterOrDigit(sentence.charAt(i)) || sentence.charAt(i) == '_'))
                continue;
            if (i > from) words.add(sentence.substring(from, i).toLowerCase(Locale.ROOT));
            from = i + 1;
        }
        return words;
    }
}
