/** Glue to what a host has already: each class is to be copied. */
@NullMarked
package dev.toolpolicy.examples.frameworks;

import org.jspecify.annotations.NullMarked;
