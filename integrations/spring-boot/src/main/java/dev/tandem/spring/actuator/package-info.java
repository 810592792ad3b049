/** What the application's actuator shows of its client: health and meters. */
@NullMarked
package dev.tandem.spring.actuator;

import org.jspecify.annotations.NullMarked;
