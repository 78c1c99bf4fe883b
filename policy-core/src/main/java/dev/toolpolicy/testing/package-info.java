/**
 * Tests of policies: cases in files, a tester for those who prefer code, and what of a policy they exercise. It knows no test
 * framework: what fails throws an {@link java.lang.AssertionError}.
 *
 * <p>Data flow: {@code PolicyCases} reads files of cases with {@code CaseFile}; each case builds an evaluator of its own, on a clock
 * that is turned, makes its calls and compares. {@code PolicyTester} does the same call by call. What {@code explain} says of each
 * call goes to a {@code Coverage}, which has every place of the policy from {@code dev.toolpolicy.analysis.Outline}.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy}, {@code dev.toolpolicy.document}, {@code dev.toolpolicy.analysis},
 * {@code dev.toolpolicy.json}, {@code dev.toolpolicy.spi}, and {@code dev.toolpolicy.bucket4j} and {@code dev.toolpolicy.approval} to
 * count and ask with, JSpecify.
 */
@NullMarked
package dev.toolpolicy.testing;

import org.jspecify.annotations.NullMarked;
