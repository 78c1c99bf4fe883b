/**
 * What a policy is, and what it says of a call.
 *
 * <p>{@link dev.toolpolicy.ToolGuard}, or {@link dev.toolpolicy.AsyncToolGuard}, is the front door of all this: a host that wraps its
 * dispatcher in one needs to know little else. The rest of this description is for those who change the library.
 *
 * <p>Data flows one way: a document becomes an immutable {@link dev.toolpolicy.Policy}, a policy and a
 * {@link dev.toolpolicy.ToolCall} give a {@link dev.toolpolicy.Decision}, and nothing flows back. A policy is a value: its rules,
 * conditions and limits are records that refuse what could not be enforced, so that whatever holds a policy can rely on it.
 *
 * <p>All work that can be done before a call is done when a policy is made: {@code PolicyCompiler} turns it into a
 * {@code CompiledPolicy}, which leads from a tool's name to a {@code CompiledTool} with the rules that apply, and the decisions
 * that each can come to. {@code Decider.decide} is the order of a decision, and the place to begin reading. A condition becomes a
 * {@code Check}, which rules that say the same share ({@code Checks}); {@code Judges} has what each operator says of a value. What
 * is said is one of the four words of {@code Verdict}, and {@code Stance} knows what a match does to the call. {@code FilePath}
 * and {@code UrlHost} say what they promise. A {@code CompiledLimit} makes a charge of a call; {@code Charges} has all of a call's
 * taken together, by whatever {@link dev.toolpolicy.spi.Counters} the host gave. An {@code Inquiry} makes one question of all
 * rules that ask, and {@code Settling} has the limits taken and the approval of whatever {@link dev.toolpolicy.spi.Approvals}
 * used, both or neither. What was decided goes to a {@code Witness}, which has it recorded by the {@code Recorder} and tells the
 * listener; what the plugs have to say of themselves gets there through {@code Followers}.
 *
 * <p>An {@code AsyncEvaluator} decides by the same steps for callers that do not wait: {@code Decider} and {@code Settling} know only
 * the {@code Pace} they go at. Who waits goes {@code AtOnce}, who does not takes a {@code Course}, which ends once, however it ends; a
 * {@code Handover} gets whatever follows a later answer off the store's thread. {@code Deciding} is what {@code Evaluator.evaluate}
 * is to who waits.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy.spi}, {@code dev.toolpolicy.json}, {@code dev.toolpolicy.regex}, JSpecify.
 */
@NullMarked
package dev.toolpolicy;

import org.jspecify.annotations.NullMarked;
