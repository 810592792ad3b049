package dev.tandem.interop.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A method that a model may ask for, once its object has been given to {@code JavaTools.from}. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Tool {
    /** What it does and what it is good for: the model chooses by it. */
    String value();

    /** What the model calls it; the method's own name where nothing is said. */
    String name() default "";

    /** How long one run may take; 0 for what the policy of the call says. */
    long timeoutMillis() default 0;
}
