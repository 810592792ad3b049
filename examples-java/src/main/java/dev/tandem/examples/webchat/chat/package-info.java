/** What is said, and what a chat may take of memory. Knows nothing of HTTP. */
@NullMarked
package dev.tandem.examples.webchat.chat;

import org.jspecify.annotations.NullMarked;
