/** What an app has apart from Android's framework: docs/android.md shows it. */
@NullMarked
package sample;

import org.jspecify.annotations.NullMarked;
