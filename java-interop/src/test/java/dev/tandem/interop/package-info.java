/** As a Java user would write it. */
@NullMarked
package dev.tandem.interop;

import org.jspecify.annotations.NullMarked;
