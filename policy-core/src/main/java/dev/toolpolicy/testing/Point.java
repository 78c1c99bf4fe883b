package dev.toolpolicy.testing;

import java.util.List;

/** One thing of a policy that a call can exercise, and whether one has. */
final class Point {
    private final Spot spot;
    private final boolean counted;
    private final String label;
    private final String missing;
    private final String hint;
    private boolean covered;

    private Point(Spot spot, boolean counted, String label, String missing, String hint) {
        this.spot = spot;
        this.counted = counted;
        this.label = label;
        this.missing = missing;
        this.hint = hint;
    }

    /** Where points of one kind stand, and the list that they all go to. */
    record Spot(List<Point> points, PointKind kind, String pointer) {
        /**
         * Adds a point.
         *
         * @param label what a call does here, in a word or two: {@code denied a call}
         * @param missing what is the case as long as no call has done so: a sentence
         * @param hint what kind of call would
         */
        Point add(String label, String missing, String hint) {
            return add(new Point(this, true, label, missing, hint));
        }

        /** Adds a point that is shown, and is no part of the percentage. */
        Point addUncounted(String label, String missing, String hint) {
            return add(new Point(this, false, label, missing, hint));
        }

        private Point add(Point point) {
            points.add(point);
            return point;
        }
    }

    PointKind kind() {
        return spot.kind();
    }

    String pointer() {
        return spot.pointer();
    }

    boolean counted() {
        return counted;
    }

    String label() {
        return label;
    }

    String missing() {
        return missing;
    }

    String hint() {
        return hint;
    }

    boolean covered() {
        return covered;
    }

    boolean missed() {
        return counted && !covered;
    }

    void cover() {
        covered = true;
    }
}
