/** Our client before servers that others wrote, and clients that others wrote before our fake server. */
@NullMarked
package dev.tandem.peers;

import org.jspecify.annotations.NullMarked;
