/** As a Java user would write it. */
@NullMarked
package dev.tandem.retrieval;

import org.jspecify.annotations.NullMarked;
