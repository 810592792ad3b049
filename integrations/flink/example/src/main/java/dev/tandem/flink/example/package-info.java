/** A job to run and to copy. */
@NullMarked
package dev.tandem.flink.example;

import org.jspecify.annotations.NullMarked;
