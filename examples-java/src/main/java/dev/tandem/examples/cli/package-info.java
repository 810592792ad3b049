/** The command line {@code tandem}: one class for each command. {@code docs/cli.md} says how it is used. */
@NullMarked
package dev.tandem.examples.cli;

import org.jspecify.annotations.NullMarked;
