package dev.toolpolicy.examples.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.DoubleStream;

/** What was set out for, as ratios within one run, and what came of it: the worst of the rows that a goal is about. */
final class Goals {
    private static final String LIBRARY = "TOOLPOLICY";

    private final Rows rows;

    Goals(Rows rows) {
        this.rows = rows;
    }

    /**
     * One goal.
     *
     * @param least whether it is a lower bound; else an upper one
     */
    private record Goal(String what, boolean least, double bound, double measured) {
        private boolean met() {
            return least ? measured >= bound : measured <= bound;
        }

        private String line() {
            return "| " + what + " | " + (least ? "≥ " : "≤ ") + Text.of(bound) + " | " + Text.of(measured) + " | "
                    + (met() ? "yes" : "**no**") + " |\n";
        }
    }

    /** As a table. Of a run of some benchmarks only, the goals that are about them. */
    String text() {
        StringBuilder out = new StringBuilder("| goal | | measured | met |\n|---|---:|---:|---|\n");
        for (Goal goal : goals()) {
            if (!Double.isNaN(goal.measured())) out.append(goal.line());
        }
        return out + "\n";
    }

    private List<Goal> goals() {
        Predicate<Row> any = row -> true;
        List<Goal> goals = new ArrayList<>();
        goals.add(new Goal(
                "a decision without limits, × its floor: `Deciding`", false, 4, mostRatio("Deciding", "toolpolicy")));
        goals.add(new Goal("the same: `Peers`", false, 4, mostRatio(Tables.PEERS, LIBRARY)));
        goals.add(new Goal("what such a decision allocates, bytes", false, 0.5, mostBytes()));
        goals.add(new Goal(
                "with most tools, × with fewest: `Deciding`, beside what the floor takes more", false, 1.25, growth()));
        goals.add(new Goal("× Spring Security", false, 1, 1 / times("SPRING_SECURITY", any)));
        goals.add(new Goal("cel-java, × the library", true, 10, times("CEL_JAVA", any)));
        goals.add(new Goal("jCasbin with 100 rules, × the library", true, 50, times("JCASBIN", size("100"))));
        goals.add(new Goal("cedar-java with 100 rules, × the library", true, 1_000, times("CEDAR_JAVA", size("100"))));
        goals.add(new Goal("SAPL, × the library", true, 3, times("SAPL", any)));
        goals.add(new Goal(
                "one local limit, × a bare `tryConsume`",
                false,
                2.5,
                ratio("Counting", "toolpolicy", row -> row.withText().equals("limits=1"))));
        for (String text : List.of("SHORT", "INVOICE", "LEDGER")) {
            Predicate<Row> which = row -> row.withText().equals("arguments=" + text);
            goals.add(new Goal(
                    "a whole call, " + text.toLowerCase(Locale.ROOT) + ", to a line in a file, × `readTree`",
                    false,
                    3,
                    ratio("WholeCall", "logged", which)));
        }
        return goals;
    }

    private static Predicate<Row> size(String tools) {
        return row -> Tables.size(row).equals(tools);
    }

    private double ratio(String type, String method, Predicate<Row> which) {
        return rows.find(type, method, which).map(rows::ratio).orElse(Double.NaN);
    }

    private double mostRatio(String type, String method) {
        return most(rows.of(type).filter(row -> row.method().equals(method)).mapToDouble(rows::ratio));
    }

    private double mostBytes() {
        return most(rows.of("Deciding")
                .filter(row -> row.method().equals("toolpolicy"))
                .mapToDouble(Row::bytes));
    }

    private static double most(DoubleStream values) {
        return values.max().orElse(Double.NaN);
    }

    /** How many times as long a peer takes as the library, at the size where that is least. */
    private double times(String peer, Predicate<Row> which) {
        return rows.of(Tables.PEERS)
                .filter(row -> row.method().equals(peer))
                .filter(which)
                .flatMap(row -> rows
                        .find(Tables.PEERS, LIBRARY, other -> other.with().equals(row.with()))
                        .stream()
                        .map(library -> row.time() / library.time()))
                .mapToDouble(ratio -> ratio)
                .min()
                .orElse(Double.NaN);
    }

    /** Of the workload that grows most: how much more its ratio to the floor is with most tools than with one. */
    private double growth() {
        return most(rows.of("Deciding")
                .filter(row ->
                        row.method().equals("toolpolicy") && Tables.size(row).equals("10000"))
                .mapToDouble(row -> rows.ratio(row) / ratio("Deciding", "toolpolicy", other -> isOneTool(other, row))));
    }

    private static boolean isOneTool(Row other, Row row) {
        return other.withText().equals(row.withText().replace("tools=10000", "tools=1"));
    }
}
