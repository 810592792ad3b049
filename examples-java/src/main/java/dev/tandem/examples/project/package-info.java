/** A client of a whole project: one endpoint, tokens that run out, and all that lies beyond chat. */
@NullMarked
package dev.tandem.examples.project;

import org.jspecify.annotations.NullMarked;
