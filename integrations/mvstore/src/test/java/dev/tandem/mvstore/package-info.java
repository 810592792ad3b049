/** As a Java user would write it. */
@NullMarked
package dev.tandem.mvstore;

import org.jspecify.annotations.NullMarked;
