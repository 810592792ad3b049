package dev.tandem.interop.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** A parameter of a tool or of a constructor, a component of a record, a field or a property of a bean. */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.PARAMETER, ElementType.FIELD, ElementType.METHOD})
public @interface Param {
    /** What it means. */
    String value() default "";

    /** Its name in JSON. Needed for a parameter of a class that was compiled without {@code -parameters}. */
    String name() default "";

    /** False if it may be left out: it is null then, or has its default. What is nullable may be left out anyway. */
    boolean required() default true;

    /** What holds where it is left out: text as it is, anything else as JSON. None where this is empty. */
    String defaultValue() default "";
}
