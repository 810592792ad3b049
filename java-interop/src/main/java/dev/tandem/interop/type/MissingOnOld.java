package dev.tandem.interop.type;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Uses what old platforms lack, and does without it there. The check of Android's signatures leaves it alone. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface MissingOnOld {}
