@NullMarked
package dev.tandem.temporal;

import org.jspecify.annotations.NullMarked;
