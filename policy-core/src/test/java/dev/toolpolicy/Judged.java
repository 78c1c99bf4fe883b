package dev.toolpolicy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Operand;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.json.JsonText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tests of one value, written as the tables of {@code judged} write them. */
final class Judged {
    private static final Path TABLES = Path.of("src/test/resources/judged");
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_-]*)|\\[([0-9]+)]|(\\[\\*])");

    static final Identity WHO = Identity.of("g1").with("tenant", "acme").with("teams", List.of("a", "b"));

    private Judged() {}

    /** One line of a table: what is tested, by what, and what the test says. */
    record Row(String left, String right, Verdict verdict) {}

    static Stream<Row> table(String name) {
        try {
            return Files.readAllLines(TABLES.resolve(name)).stream()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> {
                        String[] columns = line.split(" \\| ", -1);
                        assertThat(columns).as(line).hasSize(3);
                        return new Row(columns[0], columns[1], Verdict.valueOf(columns[2].toUpperCase(Locale.ROOT)));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Object json(String text) {
        JsonText read = JsonText.read(text, 1 << 24);
        assertThat(read.faults()).as(text).isEmpty();
        return read.value();
    }

    static ToolCall call(String arguments) {
        return ToolCall.parse(WHO, "t", arguments);
    }

    /** What a test of the argument {@code v} says, in a place where a match lets the call through. */
    static Verdict said(Operator operator, Object operand, Object argument) {
        Check check = check("args.v", operator, new Condition.Value(operand), IfMissing.UNSAID, Stance.LETS_THROUGH);
        Map<String, Object> arguments = new HashMap<>();
        arguments.put("v", argument);
        return check.judge(ToolCall.of(WHO, "t", arguments));
    }

    /** What a test says that is written as {@code [stops] path operator operand [if_missing=…]}. */
    static Verdict said(String test, String arguments) {
        boolean stops = test.startsWith("stops ");
        String[] words = (stops ? test.substring(6) : test).split(" ", 3);
        IfMissing ifMissing = IfMissing.UNSAID;
        String operand = words[2];
        int option = operand.indexOf(" if_missing=");
        if (option >= 0) {
            ifMissing = operand.endsWith("true") ? IfMissing.TRUE : IfMissing.FALSE;
            operand = operand.substring(0, option);
        }
        boolean one = words[0].length() == 1;
        Operand by = operand.startsWith("@")
                ? new Condition.ValueFrom(path(operand.substring(1)))
                : new Condition.Value(json(operand));
        Stance stance = stops ? Stance.STOPS : Stance.LETS_THROUGH;
        Check check =
                check(one ? "args." + words[0] : words[0], Operator.of(words[1]).orElseThrow(), by, ifMissing, stance);
        String given = !one ? arguments : arguments.equals("-") ? "{}" : "{\"" + words[0] + "\":" + arguments + "}";
        return check.judge(call(given));
    }

    private static Check check(String path, Operator operator, Operand by, IfMissing ifMissing, Stance stance) {
        return Check.compile(new Condition.Test(path(path), operator, by, ifMissing), stance);
    }

    private static CallPath path(String text) {
        int end = 0;
        while (end < text.length() && Character.isLetter(text.charAt(end))) end++;
        CallPath.Root root = CallPath.Root.valueOf(text.substring(0, end).toUpperCase(Locale.ROOT));
        List<CallPath.Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text).region(end, text.length());
        while (step.lookingAt()) {
            if (step.group(1) != null) steps.add(new CallPath.Key(step.group(1)));
            else if (step.group(2) != null) steps.add(new CallPath.Index(Integer.parseInt(step.group(2))));
            else steps.add(CallPath.Each.EACH);
            step.region(step.end(), text.length());
        }
        assertThat(step.regionStart()).as(text).isEqualTo(text.length());
        return new CallPath(root, steps);
    }
}
