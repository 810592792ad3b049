/** What the artifacts look up while they run, found by running them: for those who build native images. */
@NullMarked
package dev.tandem.checks.reach;

import org.jspecify.annotations.NullMarked;
