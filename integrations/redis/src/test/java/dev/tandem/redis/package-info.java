/** As a Java user would write it. */
@NullMarked
package dev.tandem.redis;

import org.jspecify.annotations.NullMarked;
