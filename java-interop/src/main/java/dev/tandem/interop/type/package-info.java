/** Java's types as what an answer is to be: {@link dev.tandem.interop.type.JavaTypes}. */
@NullMarked
package dev.tandem.interop.type;

import org.jspecify.annotations.NullMarked;
