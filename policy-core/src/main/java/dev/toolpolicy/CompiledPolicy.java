package dev.toolpolicy;

import dev.toolpolicy.Decision.Deny;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A policy as calls are judged by it: from the name of a tool to all that is to be done, with one look into a table for a name
 * that the policy writes out.
 */
final class CompiledPolicy {
    static final Deny NO_POLICY = deny(Reason.Code.NO_POLICY, "", "there is no policy for this caller");
    static final Deny CHECK_FAILED = failed("");
    private static final String NOT_ALLOWED = "this tool is not one that the policy allows";

    /** A name that is not written out, and the entry that governs those it matches. */
    record Entry(ToolPattern pattern, int literals, CompiledTool tool, LookAlike lookAlike) {}

    /** What is said of a name that resembles an entry, and which of the document's entries that is. */
    record LookAlike(int place, CompiledTool tool) {}

    /** A pattern of {@code hide}. */
    record Hidden(ToolPattern pattern, CompiledTool tool, CompiledTool lookAlike) {}

    private final Map<String, CompiledTool> byName;
    // Arrays, because a walk through a list makes an iterator at every call.
    private final Hidden[] hidden;
    private final FoldedNames<CompiledTool> likeHidden;
    private final FoldedNames<LookAlike> likeListed;
    /** The most specific first. */
    private final Entry[] entries;
    /** What happens to a tool that is not listed; null if it is denied. */
    private final @Nullable CompiledTool unlisted;

    private final Map<CounterKey, Long> maxUnits;
    private final boolean counts;
    private final boolean asks;

    CompiledPolicy(PolicyCompiler.Tables tables, Map<CounterKey, Long> maxUnits, boolean asks) {
        this.byName = tables.byName();
        this.hidden = tables.hidden().toArray(Hidden[]::new);
        this.likeHidden = tables.likeHidden();
        this.likeListed = tables.likeListed();
        this.entries = tables.entries().toArray(Entry[]::new);
        this.unlisted = tables.unlisted();
        this.maxUnits = maxUnits;
        this.counts = !maxUnits.isEmpty();
        this.asks = asks;
    }

    static CompiledPolicy of(Policy policy, List<Policy.Part> order) {
        return new PolicyCompiler(policy, order).compile();
    }

    /** Whether the policy has limits, and so needs counters. */
    boolean counts() {
        return counts;
    }

    /** The {@code max} of each counter, in its units. */
    Map<CounterKey, Long> maxUnits() {
        return maxUnits;
    }

    /** Whether the policy asks for approvals, and so needs somebody to ask. */
    boolean asks() {
        return asks;
    }

    /** Steps 3 to 5: what is to be done for a tool of this name. Allocates nothing. */
    CompiledTool tool(String name) {
        CompiledTool written = byName.get(name);
        return written != null ? written : matched(name);
    }

    private CompiledTool matched(String name) {
        for (Hidden pattern : hidden) {
            if (pattern.pattern().matches(name)) return pattern.tool();
        }
        Entry governs = null;
        for (Entry entry : entries) {
            if (entry.pattern().matches(name)) {
                governs = entry;
                break;
            }
        }
        CompiledTool lookAlike = lookAlike(name, governs);
        if (lookAlike != null) return lookAlike;
        if (governs != null) return governs.tool();
        return unlisted != null ? unlisted : PolicyCompiler.NOT_LISTED;
    }

    /** A name that resembles a hidden one, or one whose entry would beat what governs this one; null if it does not. */
    private @Nullable CompiledTool lookAlike(String name, @Nullable Entry governs) {
        CompiledTool hiddenName = likeHidden(name);
        if (hiddenName != null) return hiddenName;
        // Where nothing governs and the default denies, there is nothing to slip under.
        if (governs == null && unlisted == null) return null;
        LookAlike first = likeListed.find(name);
        for (Entry entry : entries) {
            if (governs != null && entry.literals() <= governs.literals()) break;
            boolean earlier = first == null || entry.lookAlike().place() < first.place();
            if (earlier && entry.pattern().resembles(name)) first = entry.lookAlike();
        }
        return first == null ? null : first.tool();
    }

    private @Nullable CompiledTool likeHidden(String name) {
        CompiledTool written = likeHidden.find(name);
        if (written != null) return written;
        for (Hidden pattern : hidden) {
            if (pattern.pattern().resembles(name)) return pattern.lookAlike();
        }
        return null;
    }

    static Deny failed(String rule) {
        return deny(Reason.Code.CHECK_FAILED, rule, "the call could not be checked, so it is denied");
    }

    static Deny notListed() {
        return deny(Reason.Code.NOT_LISTED, "/default", NOT_ALLOWED);
    }

    /** In the words of an unlisted tool: what it resembles is not for the agent to know. */
    static Deny lookAlike(String rule) {
        return deny(Reason.Code.LOOK_ALIKE, rule, NOT_ALLOWED);
    }

    static Deny hidden(String rule) {
        return deny(Reason.Code.HIDDEN, rule, "unknown tool");
    }

    static Deny deny(Reason.Code code, String rule, String message) {
        return new Deny(new Reason(code, rule, message));
    }
}
