/** Files of requests that become files of answers, with a bar. */
@NullMarked
package dev.tandem.examples.cli.file;

import org.jspecify.annotations.NullMarked;
