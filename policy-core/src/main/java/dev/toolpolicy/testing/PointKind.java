package dev.toolpolicy.testing;

/** The sorts of points, in the order in which reports tell them and in the words of a policy. */
enum PointKind {
    DEFAULT("default"),
    HIDE("hide"),
    TOOLS("tools"),
    GROUPS("groups"),
    RULES("require and deny_if"),
    APPROVALS("approvals"),
    CONDITIONS("conditions"),
    SCHEMAS("arguments_schema"),
    LIMITS("limits");

    private final String label;

    PointKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
