/** As a Java user would write it. */
@NullMarked
package dev.tandem.onnx;

import org.jspecify.annotations.NullMarked;
