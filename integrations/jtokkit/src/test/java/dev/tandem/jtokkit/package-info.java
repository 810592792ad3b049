/** As a Java user would write it. */
@NullMarked
package dev.tandem.jtokkit;

import org.jspecify.annotations.NullMarked;
