/**
 * Where a person decides what an agent may do: a page in the browser, and a command line that asks the same server.
 *
 * <p>{@code ApprovalsPage} listens, on this machine only. Every request goes through {@code FrontDoor}, which answers nobody who
 * calls the server by a name that is not its own, then to {@code Pages} (who has signed in, with a cookie) or {@code Api} (who has
 * the token). Both hand an answer to {@code Answers}, the only class that changes anything at the desk.
 *
 * <p>What an agent chose is text of an enemy. It reaches the browser through {@code Html} alone, a terminal through
 * {@code ShownText} alone: there in ASCII, unless the person asks for letters.
 */
@NullMarked
package dev.toolpolicy.examples.gateway.approvals;

import org.jspecify.annotations.NullMarked;
