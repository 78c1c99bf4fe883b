/**
 * What can be said of a policy without a single call: what in it cannot matter or can be evaded, and a draft of one for the tools
 * of a server.
 *
 * <p>Data flow: {@code PolicyLint} takes a {@link dev.toolpolicy.document.PolicyDocument}, has it laid out by {@code Outline}, where
 * each rule, condition and limit has its place in the text, and gives that to one class for each idea; what they find goes to one
 * list, sorted by place. {@code ServerTools} reads what a server answers to {@code tools/list}: the linter compares a policy with it,
 * and {@code PolicyDraft} makes one from it: {@code Classifier} collects what speaks for each class, from names, arguments and texts, in
 * {@code Signs}, which only rise; the words are all in {@code RiskWords}; {@code DraftDocument} writes the policy.
 *
 * <p>Nothing here is part of a decision. Allowed imports: the JDK, {@code dev.toolpolicy}, {@code dev.toolpolicy.document},
 * {@code dev.toolpolicy.json}, {@code dev.toolpolicy.spi}, JSpecify.
 */
@NullMarked
package dev.toolpolicy.analysis;

import org.jspecify.annotations.NullMarked;
