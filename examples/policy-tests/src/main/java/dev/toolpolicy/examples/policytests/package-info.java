/** How a team checks its policies: a program for the command line, and tests for the build. */
@NullMarked
package dev.toolpolicy.examples.policytests;

import org.jspecify.annotations.NullMarked;
