/** Which provider is asked, and how. */
@NullMarked
package dev.tandem.examples.cli.provider;

import org.jspecify.annotations.NullMarked;
