/** What an application has itself. docs/spring-boot.md shows it. */
@NullMarked
package dev.tandem.spring.example;

import org.jspecify.annotations.NullMarked;
