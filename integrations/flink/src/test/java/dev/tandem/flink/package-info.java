@NullMarked
package dev.tandem.flink;

import org.jspecify.annotations.NullMarked;
