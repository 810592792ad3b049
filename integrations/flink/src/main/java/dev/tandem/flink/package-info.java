/**
 * Calls of a model as an operator of Apache Flink. Begin with {@link dev.tandem.flink.TandemStream}.
 */
@NullMarked
package dev.tandem.flink;

import org.jspecify.annotations.NullMarked;
