/** Two threads against each other, run by {@code StressTest}: what may come of it, and what must not. */
@NullMarked
package dev.toolpolicy.stress;

import org.jspecify.annotations.NullMarked;
