/** The page {@code docs/from-other-clients.md}: all of its Java. */
@org.jspecify.annotations.NullMarked
package dev.tandem.examples.migration;
