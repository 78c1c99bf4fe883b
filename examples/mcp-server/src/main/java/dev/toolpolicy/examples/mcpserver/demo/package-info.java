/** Shows the server to a person: starts it, and drives it as its users would, from another process and by the protocol alone. */
@NullMarked
package dev.toolpolicy.examples.mcpserver.demo;

import org.jspecify.annotations.NullMarked;
