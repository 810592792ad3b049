/** A chat in the browser, over the JDK's own HTTP server. Begin with {@link dev.tandem.examples.webchat.WebChat}. */
@NullMarked
package dev.tandem.examples.webchat;

import org.jspecify.annotations.NullMarked;
