/**
 * The gateway between clients and a server that speak MCP over HTTP.
 *
 * <p>Data flow: {@code HttpGateway} turns away whom it does not know ({@code GrantFile}, {@code Origins}, {@code Sessions}), reads the
 * body and has it judged off the event loop; {@code HttpExchange} passes on what may pass ({@code Headers} says what of the head), and
 * streams back what the server says as it comes, lists of tools filtered ({@code EventFilter} where they come as events).
 *
 * <p>Allowed imports: {@code rpc}, the library, Vert.x, the JDK. Nothing here blocks an event loop.
 */
@NullMarked
package dev.toolpolicy.examples.gateway.http;

import org.jspecify.annotations.NullMarked;
