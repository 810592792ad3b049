/** Recipes: one runnable class each. Begin with {@link dev.tandem.examples.QuickStart}. */
@NullMarked
package dev.tandem.examples;

import org.jspecify.annotations.NullMarked;
