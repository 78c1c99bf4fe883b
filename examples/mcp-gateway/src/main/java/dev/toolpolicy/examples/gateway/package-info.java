/** A policy in front of any MCP server. */
@NullMarked
package dev.toolpolicy.examples.gateway;

import org.jspecify.annotations.NullMarked;
