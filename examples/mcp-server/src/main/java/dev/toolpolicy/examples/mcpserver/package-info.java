/**
 * An MCP server whose tools are governed by one policy, over stdio and streamable HTTP.
 *
 * <pre>
 *  bearer token ──▶ Gate ──┐                              ┌──▶ Toolbox ──▶ Store
 *                          ├──▶ GuardedTools ──▶ ToolGuard┤
 *  command line ──▶ stdio ─┘                              └──▶ Evaluator: policy, limits, approvals, audit log
 *                                                                  ▲
 *  a person's token ──▶ ApprovalDoor ──────────────────────────────┘
 * </pre>
 *
 * <p>{@link dev.toolpolicy.examples.mcpserver.GuardedTools} is where to begin. The SDK's types end there: what decides knows an
 * identity, a name and arguments.
 */
@NullMarked
package dev.toolpolicy.examples.mcpserver;

import org.jspecify.annotations.NullMarked;
