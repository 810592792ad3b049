/** The web chat of the examples, as somebody at a browser has it. */
@NullMarked
package dev.tandem.browser;

import org.jspecify.annotations.NullMarked;
