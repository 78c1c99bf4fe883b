/**
 * Glue to an MCP server made with Quarkus, to be copied: {@link dev.toolpolicy.examples.quarkus.PolicyFilter} keeps away every tool
 * that a caller must not see, and every one that does not have {@link dev.toolpolicy.examples.quarkus.PolicyGuardrail}, which judges
 * each call.
 */
@NullMarked
package dev.toolpolicy.examples.quarkus;

import org.jspecify.annotations.NullMarked;
