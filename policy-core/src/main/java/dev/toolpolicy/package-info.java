/**
 * What a policy is. (What it says of a call comes next.)
 *
 * <p>Data flows one way: a document becomes an immutable {@link dev.toolpolicy.Policy}, a policy gives decisions, and nothing
 * flows back. A policy is a value: its rules, conditions and limits are records that refuse what could not be enforced, so that
 * whatever holds a policy can rely on it.
 *
 * <p>Allowed imports: the JDK, {@code dev.toolpolicy.spi}, {@code dev.toolpolicy.json}, RE2/J, JSpecify. Neither RE2/J nor a
 * JSON library appears in a signature.
 */
@NullMarked
package dev.toolpolicy;

import org.jspecify.annotations.NullMarked;
