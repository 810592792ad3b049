/** What somebody who knows GraphBit looks for, function by function: docs/from-graphbit.md has the table of it. */
@NullMarked
package dev.tandem.examples.graphbit;

import org.jspecify.annotations.NullMarked;
