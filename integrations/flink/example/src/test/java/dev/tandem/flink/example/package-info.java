@NullMarked
package dev.tandem.flink.example;

import org.jspecify.annotations.NullMarked;
