/**
 * Glue to an MCP server made with Spring AI, to be copied: {@link dev.toolpolicy.examples.springai.PolicyConfiguration} has every tool
 * that Spring finds wrapped by {@link dev.toolpolicy.examples.springai.GuardedTools}, and does not start with one that is not.
 */
@NullMarked
package dev.toolpolicy.examples.springai;

import org.jspecify.annotations.NullMarked;
