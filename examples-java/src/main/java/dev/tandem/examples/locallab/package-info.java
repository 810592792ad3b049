/** A LocalLab server in every style. docs/from-locallab.md shows them. */
@NullMarked
package dev.tandem.examples.locallab;

import org.jspecify.annotations.NullMarked;
