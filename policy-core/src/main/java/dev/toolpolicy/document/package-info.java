/**
 * From the text of a document to a {@link dev.toolpolicy.Policy}, or to every {@link dev.toolpolicy.document.Problem} it has.
 *
 * <p>Data flow: {@code PolicyParser} has the text read by {@code dev.toolpolicy.json}; {@code PolicyReader} walks the values,
 * with one reader for each part of the grammar, and builds the records of {@code dev.toolpolicy}; {@code CrossChecks} judges what
 * only the whole document tells. Whatever is wrong goes to one {@code ProblemLog} by its pointer and does not stop the walk:
 * the broken part is left out and the rest is judged on. A policy is made only if the log is empty. Lines and columns are looked
 * up at the very end, in one more pass over the text, so that a good document does not pay for them; {@code Report} renders.
 *
 * <p>{@code PolicyFile} and {@code PolicyDirectory} follow what is on disk. Data flow: {@code Watch} has the only thread, and one
 * lock; {@code Looker} says what is there, as digests; {@code Reloads} compares that with what is in force and waits until two
 * looks agree; {@code Judging} parses, compares the counters that policies share and asks the {@code Followers}. All of it comes
 * into force in one write of one field, or none: so a decision sees one policy, and the last good one outlives every bad one.
 *
 * <p>{@code PolicyDocument} keeps a policy together with its text, for those who have to say where in it something stands.
 *
 * <p>{@code ForeignDialect} turns documents written for an open-source proxy into hints: {@code BlockYaml} reads its YAML,
 * {@code ProxyDialect} says the same in our keys, and {@code PrettyJson} writes that down.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy}, {@code dev.toolpolicy.spi}, {@code dev.toolpolicy.json}, JSpecify.
 */
@NullMarked
package dev.toolpolicy.document;

import org.jspecify.annotations.NullMarked;
