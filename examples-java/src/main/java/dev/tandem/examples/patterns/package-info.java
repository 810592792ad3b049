/** Seven ways to put a model into a program, each with and without waiting. docs/patterns.md shows them. */
@NullMarked
package dev.tandem.examples.patterns;

import org.jspecify.annotations.NullMarked;
