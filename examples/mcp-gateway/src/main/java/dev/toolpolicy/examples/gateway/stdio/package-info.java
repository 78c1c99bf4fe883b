/**
 * The gateway between a client that started it and a server that it starts itself: a line is a message.
 *
 * <p>Data flow: {@code Lines} of the client → {@code Gate} → the child's standard input; {@code Lines} of the child →
 * {@code InFlight}, which knows what each answer is an answer to → the client. One thread for each way, so that the order stays.
 *
 * <p>Allowed imports: {@code rpc}, the library, the JDK.
 */
@NullMarked
package dev.toolpolicy.examples.gateway.stdio;

import org.jspecify.annotations.NullMarked;
