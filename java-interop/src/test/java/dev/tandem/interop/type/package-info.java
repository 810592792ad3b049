@NullMarked
package dev.tandem.interop.type;

import org.jspecify.annotations.NullMarked;
