/** What surrounds a command: streams, signals, the line that started it. */
@NullMarked
package dev.tandem.examples.cli.shell;

import org.jspecify.annotations.NullMarked;
