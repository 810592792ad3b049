@NullMarked
package dev.tandem.spring;

import org.jspecify.annotations.NullMarked;
