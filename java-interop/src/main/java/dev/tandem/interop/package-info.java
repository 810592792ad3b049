/**
 * Tandem for Java: one client, shown as blocking calls, futures and publishers. Begin with
 * {@link dev.tandem.interop.JavaAiClient}.
 */
@NullMarked
package dev.tandem.interop;

import org.jspecify.annotations.NullMarked;
