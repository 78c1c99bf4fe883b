/** Shows it to a person: starts a Redis, and processes that share its counters, sets them under load, and takes the Redis away. */
@NullMarked
package dev.toolpolicy.examples.cluster.demo;

import org.jspecify.annotations.NullMarked;
