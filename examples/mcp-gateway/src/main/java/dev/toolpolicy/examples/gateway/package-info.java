/**
 * A policy in front of any MCP server, without touching it: the command line, and what it puts together.
 *
 * <p>Data flow: {@code RunCommand} reads what to do, {@code Setup} opens what decides, {@code Approving} where a person answers; then
 * {@code stdio} or {@code http} moves messages between a client and a server, and asks {@code rpc.Gate} about each of the client's. What a
 * build does with policies is in {@code ci}.
 *
 * <p>Allowed imports: everything below, the library, picocli, Vert.x. Nothing below imports this package.
 */
@NullMarked
package dev.toolpolicy.examples.gateway;

import org.jspecify.annotations.NullMarked;
