package dev.toolpolicy.examples.policytests;

import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Says of each file whether it is a policy, and if not, everything that is wrong with it. */
public final class CheckPolicies {
    private CheckPolicies() {}

    /** Takes the files to check, and ends with 1 if one of them is no policy: a step of a build. */
    public static void main(String[] files) {
        if (!check(List.of(files), System.out)) System.exit(1);
    }

    /** Whether all files are policies. */
    static boolean check(List<String> files, PrintStream out) {
        PolicyParser parser = PolicyParser.with(JsonSchema.validator());
        boolean good = true;
        for (String file : files) {
            ParseResult result = parser.parse(Path.of(file));
            if (result instanceof ParseResult.Parsed parsed) {
                out.println(file + ": a policy for " + parsed.policy().tools().size() + " tools");
            } else if (result instanceof ParseResult.Rejected rejected) {
                out.print(rejected.report());
                good = false;
            }
        }
        return good;
    }
}
