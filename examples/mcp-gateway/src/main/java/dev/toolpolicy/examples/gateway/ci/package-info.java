/**
 * What a build does with policies: {@code check}, {@code test}, {@code explain}, {@code draft}. None of it starts a server, or opens
 * a connection.
 *
 * <p>Data flow: a command reads files, asks {@code dev.toolpolicy.analysis} or {@code dev.toolpolicy.testing}, prints to standard
 * output, and ends with 0 if all is well, 1 if something was found, 2 if it could not be done.
 */
@NullMarked
package dev.toolpolicy.examples.gateway.ci;

import org.jspecify.annotations.NullMarked;
