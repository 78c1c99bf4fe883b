package dev.toolpolicy.examples.gateway.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import dev.toolpolicy.examples.gateway.approvals.ShownText.Letters;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Markup that is safe to send. Text of others becomes markup by the methods of this class, and in no other way. */
final class Html {
    static final Html NONE = new Html("");

    private static final int LONGEST_MARKED = 32 * 1_024;
    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

    private final String markup;

    private Html(String markup) {
        this.markup = markup;
    }

    /** Any text whatever, as text: without markup, and what cannot be seen written out and marked. */
    static Html text(String text) {
        return escaped(text, Letters.ALL);
    }

    /** The same, with everything beyond ASCII written out, so that no letter looks like another. */
    static Html ascii(String text) {
        return escaped(text, Letters.ASCII);
    }

    private static Html escaped(String text, Letters letters) {
        return new Html(ShownText.written(text, letters, Html::kept, Html::marked));
    }

    private static String marked(String run) {
        return run.isEmpty() ? "" : "<mark>" + run + "</mark>";
    }

    /** Letters of another direction are kept from moving what is around them; nothing lies within it, for that is slow to show. */
    private static String kept(String run) {
        return ShownText.isAscii(run) ? withoutMarkup(run) : "<bdi>" + withoutMarkup(run) + "</bdi>";
    }

    private static String withoutMarkup(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** Arguments over several lines. In long ones nothing is marked: a browser takes its time over as many elements as letters. */
    static Html arguments(String json, Letters letters) {
        boolean marked = json.length() <= LONGEST_MARKED;
        UnaryOperator<String> escapes = marked ? Html::marked : run -> run;
        return new Html(PrettyArguments.of(json, string -> ShownText.written(string, letters, Html::kept, escapes)));
    }

    /** A piece of this program's own markup: each {@code ${name}} in the file gives way to the value of that name. */
    static Html template(String file, Map<String, Html> values) {
        // A line end behind it would be seen, where white space is.
        String template = resource(file).stripTrailing();
        if (!PLACE.matcher(template)
                .results()
                .map(place -> place.group(1))
                .collect(toSet())
                .equals(values.keySet())) {
            throw new IllegalArgumentException(file + " has other places than " + values.keySet());
        }
        // In one pass: what is put in is not looked at again.
        return new Html(PLACE.matcher(template).replaceAll(place -> {
            Html value = values.get(place.group(1));
            return Matcher.quoteReplacement(value == null ? "" : value.markup);
        }));
    }

    static Html join(String between, List<Html> parts) {
        return new Html(parts.stream().map(Html::toString).collect(joining(between)));
    }

    /** A file of this package that is sent, or filled in. */
    static String resource(String file) {
        try (InputStream in = Html.class.getResourceAsStream(file)) {
            if (in == null) throw new IllegalStateException("there is no " + file + " beside the classes");
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int length() {
        return markup.length();
    }

    @Override
    public String toString() {
        return markup;
    }
}
