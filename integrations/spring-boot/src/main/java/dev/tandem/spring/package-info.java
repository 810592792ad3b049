/** A client as a bean of Spring Boot, made of the properties under {@code tandem}. */
@NullMarked
package dev.tandem.spring;

import org.jspecify.annotations.NullMarked;
