/**
 * JSON-RPC as the gateway sees it: what a client sent is read once and strictly, calls are judged, lists of tools filtered.
 *
 * <p>Data flow: a client's bytes → {@code ClientMessage}, or an error → {@code Gate} → an {@code Exchange}, which knows the two ends;
 * a server's bytes → {@code ServerMessage}, a glance → passed on as they are, or the page of a list as its reader may see it.
 *
 * <p>Allowed imports: the library, Jackson's streaming parser, the JDK. No threads and no sockets here.
 */
@NullMarked
package dev.toolpolicy.examples.gateway.rpc;

import org.jspecify.annotations.NullMarked;
