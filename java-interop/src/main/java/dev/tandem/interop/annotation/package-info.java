/** What methods, parameters and classes are to a model. */
@NullMarked
package dev.tandem.interop.annotation;

import org.jspecify.annotations.NullMarked;
