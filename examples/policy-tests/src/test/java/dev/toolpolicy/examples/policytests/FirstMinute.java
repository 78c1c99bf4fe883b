package dev.toolpolicy.examples.policytests;

import dev.toolpolicy.Policy;
import dev.toolpolicy.document.InvalidPolicyException;
import dev.toolpolicy.document.PolicyParser;
import java.nio.file.Path;

/** The first lines of Java that a user writes; the README shows them. */
final class FirstMinute {
    private FirstMinute() {}

    static String load(Path file) {
        // README from here
        PolicyParser parser = PolicyParser.standard();
        try {
            Policy policy = parser.parse(file).orThrow();
            return "running under policy " + policy.digest();
        } catch (InvalidPolicyException e) {
            return e.getMessage(); // the report above; e.problems() has it as data
        }
        // README to here
    }
}
