/** The rules of the house as tests. Each one says what to do when it fails. */
@NullMarked
package dev.tandem.checks;

import org.jspecify.annotations.NullMarked;
