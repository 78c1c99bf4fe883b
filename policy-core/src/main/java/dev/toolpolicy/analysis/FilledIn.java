package dev.toolpolicy.analysis;

import dev.toolpolicy.analysis.Outline.PlacedTest;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What servers make of an argument that is left out, as far as their schemas say so, and what a test says of that. */
final class FilledIn {
    /** A default of a tool's schema. */
    private record Default(ServerTool tool, @Nullable Object value) {}

    private final PlacedTest placed;
    private final List<Default> defaults = new ArrayList<>();
    private final boolean everywhere;

    private FilledIn(PlacedTest placed, List<ServerTool> tools) {
        this.placed = placed;
        for (ServerTool tool : tools) {
            Map<?, ?> words = SchemaWords.at(tool.inputSchema(), placed.path());
            if (words != null && words.containsKey("default")) defaults.add(new Default(tool, words.get("default")));
        }
        this.everywhere = !tools.isEmpty() && defaults.size() == tools.size();
    }

    static FilledIn of(PlacedTest placed, List<ServerTool> tools) {
        return new FilledIn(placed, tools);
    }

    /** Whether each of the tools has a default, and the test stops none of them. */
    boolean isHarmlessEverywhere() {
        return everywhere && defaults.stream().noneMatch(this::mayMatch);
    }

    /** A tool whose default the test may stop. */
    @Nullable
    String toolThatMayMatch() {
        return defaults.stream()
                .filter(this::mayMatch)
                .map(each -> each.tool().name())
                .findFirst()
                .orElse(null);
    }

    /** A tool whose default the test stops for certain. */
    @Nullable
    String toolThatMatches() {
        return defaults.stream()
                .filter(each -> !may(each, placed.negated() ? Says.TRUE : Says.FALSE) && mayMatch(each))
                .map(each -> each.tool().name())
                .findFirst()
                .orElse(null);
    }

    private boolean mayMatch(Default each) {
        return may(each, (placed.negated() ? Says.FALSE : Says.TRUE) | Says.UNDECIDABLE);
    }

    private boolean may(Default each, int says) {
        // Of elements the test is asked one by one, and the default is the list.
        if (placed.path().everyElement()) return true;
        List<Object> only = new ArrayList<>();
        only.add(each.value());
        return !Meaning.where(placed.test(), says).and(Situations.oneOf(only)).isEmpty();
    }
}
