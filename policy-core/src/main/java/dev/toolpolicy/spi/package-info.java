/**
 * What plugs into the library, in types of the JDK and records of its own: an adapter's author reads this package alone.
 *
 * <p>What may report (when a policy is parsed) and what must answer (when a call is judged) are always two types: an
 * {@link dev.toolpolicy.spi.ArgumentValidatorFactory} reports, an {@link dev.toolpolicy.spi.ArgumentValidator} answers.
 * {@link dev.toolpolicy.spi.Suggestion} helps to word what is reported.
 *
 * <p>{@link dev.toolpolicy.spi.Counters} count what limits count: a {@link dev.toolpolicy.spi.Charge} is a question, a
 * {@link dev.toolpolicy.spi.Taking} an answer. {@link dev.toolpolicy.spi.Approvals} ask people: a
 * {@link dev.toolpolicy.spi.Question} has a {@link dev.toolpolicy.spi.Standing}, and what happens to it is an
 * {@link dev.toolpolicy.spi.ApprovalEvent}. An {@link dev.toolpolicy.spi.AuditSink} keeps
 * {@linkplain dev.toolpolicy.spi.AuditRecord records}. Nothing is found by the class path: the host hands its plugs over where it
 * builds the parser and the evaluator.
 *
 * <p>Allowed imports: the JDK, JSpecify.
 */
@NullMarked
package dev.toolpolicy.spi;

import org.jspecify.annotations.NullMarked;
