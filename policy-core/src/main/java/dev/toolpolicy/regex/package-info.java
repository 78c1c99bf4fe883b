/**
 * Regular expressions that are run on texts an agent chose.
 *
 * <p>A pattern of a policy, or of a schema in it, is first asked for its {@link dev.toolpolicy.regex.Regex#fault}, which becomes a
 * problem of the document; then it is compiled, once. {@code RegexScan} tells before that what compiling would cost.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy.json}, RE2/J, JSpecify. RE2/J appears in no signature.
 */
@NullMarked
package dev.toolpolicy.regex;

import org.jspecify.annotations.NullMarked;
