/**
 * JSON text to exact plain values, and back to canonical text.
 *
 * <p>Whatever text the library reads (policies, arguments, test cases) goes through {@link dev.toolpolicy.json.JsonText}, so that
 * no two parts of it can read one text differently. Values are plain: {@code null}, {@code Boolean}, {@code String},
 * {@code Long}, {@code BigInteger}, {@code BigDecimal}, an unmodifiable {@code List}, a {@link dev.toolpolicy.json.FrozenMap}. A
 * number has one form whatever its spelling (1, 1.0 and 1e0 are all the {@code Long} 1), so equal JSON values are equal Java values.
 *
 * <p>Data flow: bytes or text → strict UTF-8 → tokens (Jackson's streaming parser) → values and every {@code Fault}. Where a
 * value stands in the text is looked up again only when somebody asks: a sound document pays nothing for it.
 *
 * <p>What comes as objects instead, from a host or a program that makes a policy, is copied to the same values by
 * {@link dev.toolpolicy.json.FrozenJson}.
 *
 * <p>Allowed imports: the JDK, Jackson's streaming parser and what it prints numbers by, JSpecify. Jackson appears in no signature.
 */
@NullMarked
package dev.toolpolicy.json;

import org.jspecify.annotations.NullMarked;
