package dev.toolpolicy.document;

import dev.toolpolicy.spi.Suggestion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Works out what a window was meant to be that is written in another way. */
final class WindowHint {
    private static final Pattern AMOUNT = Pattern.compile("([0-9]{1,7}) ?([a-z]*)");
    private static final Map<String, Integer> UNITS = Map.ofEntries(
            Map.entry("", 1),
            Map.entry("s", 1),
            Map.entry("sec", 1),
            Map.entry("second", 1),
            Map.entry("m", 60),
            Map.entry("min", 60),
            Map.entry("minute", 60),
            Map.entry("h", 3_600),
            Map.entry("hr", 3_600),
            Map.entry("hour", 3_600),
            Map.entry("d", 86_400),
            Map.entry("day", 86_400),
            Map.entry("w", 604_800),
            Map.entry("week", 604_800));
    private static final Map<String, String> WORDS = Map.of(
            "hourly", "`hour`",
            "daily", "`day`",
            "weekly", "`604800`, the seconds of a week",
            "week", "`604800`, the seconds of a week",
            "month", "`2592000`, the seconds of 30 days",
            "monthly", "`2592000`, the seconds of 30 days");

    private WindowHint() {}

    static String of(String written, List<String> known) {
        String word = written.toLowerCase(Locale.ROOT);
        String same = WORDS.get(word);
        if (same != null) return "write " + same;
        Matcher amount = AMOUNT.matcher(word);
        if (amount.matches()) {
            String unit = amount.group(2);
            Integer seconds = UNITS.get(unit);
            if (seconds == null && unit.endsWith("s")) seconds = UNITS.get(unit.substring(0, unit.length() - 1));
            long total = seconds == null ? 0 : Long.parseLong(amount.group(1)) * seconds;
            if (total > 0) return "write the seconds, without quotes: `" + total + "`";
        }
        return Suggestion.nearest(written, known)
                .map(Suggestion::didYouMean)
                .orElse("write `second`, `minute`, `hour`, `day` or a number of seconds: `90`");
    }
}
