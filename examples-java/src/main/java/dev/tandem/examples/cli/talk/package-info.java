/** Talks with a model, at a terminal and in a pipe. */
@NullMarked
package dev.tandem.examples.cli.talk;

import org.jspecify.annotations.NullMarked;
