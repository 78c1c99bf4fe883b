package dev.toolpolicy.jsonschema;

import dev.toolpolicy.spi.Findings;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * How far a schema reaches: how many schemas at most lie within each other over one value, and in all.
 *
 * <p>A schema may refer to itself, below a member or an element: then it ends where the arguments end. One that comes back to
 * itself over the same value would never end, and a few references that double each other are too much for any call.
 *
 * @param overOneValue how many schemas judge one value, each called by the one before
 * @param inAll how many in a row from the root to the last, parts of values included
 */
record Reach(int overOneValue, int inAll) {
    static final Reach NONE = new Reach(0, 0);
    /** No end: the schema comes back to itself, below a part of the value. */
    private static final int ENDLESS = Integer.MAX_VALUE;

    private static final int MOST_OVER_ONE_VALUE = 100;
    private static final int MOST_TIMES = 10_000;

    /** How many schemas within each other are judged: a thread with half a megabyte of stack has room for them. */
    static final int MOST_WITHIN_EACH_OTHER = 200;

    /** How many schemas lie within each other when arguments of that depth are judged. */
    int within(int depth) {
        return (int) Math.min(inAll, (long) overOneValue * (depth + 1));
    }

    /** Measures a schema, and reports what would not end, or not soon. */
    static Reach of(Collection<Node> nodes, Node root, Findings findings) {
        Measure measure = new Measure(findings);
        int most = 0;
        for (Node node : nodes) {
            Extent extent = measure.overOneValue(node, 0);
            if (measure.reported) return NONE;
            most = Math.max(most, extent.deep);
        }
        return new Reach(most, new Longest().from(root));
    }

    /** Of one schema over one value: how many lie within each other, and how often any is visited. */
    private record Extent(int deep, long times) {}

    private static final class Measure {
        private static final Extent NOTHING = new Extent(0, 0);
        private final Map<Node, Extent> known = new HashMap<>();
        private final Set<Node> open = new HashSet<>();
        private final Findings findings;
        private boolean reported;

        Measure(Findings findings) {
            this.findings = findings;
        }

        Extent overOneValue(Node node, int depth) {
            Extent before = known.get(node);
            if (before != null) return before;
            open.add(node);
            if (depth > MOST_OVER_ONE_VALUE) return tooDeep(node);
            int deep = 0;
            long times = 1L + node.constants;
            for (Node other : node.sameValue) {
                if (open.contains(other)) {
                    return refuse(
                            node,
                            "found a schema that comes back to itself over the same value, expected one that goes on to a part of it",
                            "put the reference under `properties` or `items`, or leave it out");
                }
                Extent extent = overOneValue(other, depth + 1);
                if (reported) return NOTHING;
                deep = Math.max(deep, extent.deep);
                times += extent.times;
            }
            if (times > MOST_TIMES) {
                return refuse(
                        node,
                        "found a schema that comes to more than " + MOST_TIMES
                                + " schemas over one value, once its references are followed",
                        "refer to each schema once, and write fewer branches");
            }
            // Those that were measured before are not on the way here.
            if (deep >= MOST_OVER_ONE_VALUE) return tooDeep(node);
            Extent extent = new Extent(deep + 1, times);
            known.put(node, extent);
            open.remove(node);
            return extent;
        }

        private Extent tooDeep(Node node) {
            return refuse(
                    node,
                    "found more than " + MOST_OVER_ONE_VALUE + " schemas within each other over one value",
                    "refer to what is meant directly");
        }

        private Extent refuse(Node node, String message, String hint) {
            reported = true;
            findings.report((node.target() == null ? node.at : node.at.member("$ref")).toString(), message, hint);
            return NOTHING;
        }
    }

    /** The longest way from a schema to one that leads nowhere. */
    private static final class Longest {
        private static final int OPEN = -1;
        private final Map<Node, Integer> known = new HashMap<>();

        int from(Node node) {
            return from(node, 0);
        }

        private int from(Node node, int depth) {
            Integer before = known.get(node);
            if (before != null) return before == OPEN ? ENDLESS : before;
            // As good as endless: no arguments are so deep.
            if (depth > MOST_WITHIN_EACH_OTHER) return ENDLESS;
            known.put(node, OPEN);
            int longest = 0;
            for (Function<Node, List<Node>> edges :
                    List.<Function<Node, List<Node>>>of(n -> n.sameValue, n -> n.parts)) {
                for (Node other : edges.apply(node)) longest = Math.max(longest, from(other, depth + 1));
            }
            int length = longest == ENDLESS ? ENDLESS : longest + 1;
            known.put(node, length);
            return length;
        }
    }
}
