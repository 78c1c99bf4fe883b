/** The gateway between clients and servers that others wrote: what they see of each other is what they would see without it. */
@org.jspecify.annotations.NullMarked
package dev.toolpolicy.examples.gateway.peers;
