/**
 * What can be said of a policy without a single call: what in it cannot matter or can be evaded, and a draft of one for the tools
 * of a server.
 *
 * <p>Data flow: {@code PolicyLint} takes a {@link dev.toolpolicy.document.PolicyDocument}, has it laid out by {@code Outline}, where
 * each rule, condition and limit has its place in the text, and gives that, as a {@code Subject}, to one {@code Check} for each
 * idea; what they find goes to one list, sorted by place. {@code ServerTools} reads what a server answers to {@code tools/list}: the
 * linter compares a policy with it, and {@code PolicyDraft} makes one from it: {@code Classifier} collects what speaks for each
 * class, from names, arguments and texts, in {@code Signs}, which only rise; the words are all in {@code RiskWords};
 * {@code DraftDocument} writes the policy.
 *
 * <p>A finding that something cannot matter is a theorem. The checks share what it rests on: {@code Names} (which patterns cover each
 * other), {@code Reach} (which parts of a policy meet in a call) and {@code Calls} (whether there can be a call of which conditions
 * say this or that; {@code Meaning} knows where a test says what, {@code Situations} what a path may lead to). Each of these may
 * answer "perhaps" and never "no" in error; each is bounded, and past its bound it answers "perhaps".
 *
 * <p>Nothing here is part of a decision. Allowed imports: the JDK, {@code dev.toolpolicy}, {@code dev.toolpolicy.document},
 * {@code dev.toolpolicy.json}, {@code dev.toolpolicy.spi}, JSpecify.
 */
@NullMarked
package dev.toolpolicy.analysis;

import org.jspecify.annotations.NullMarked;
