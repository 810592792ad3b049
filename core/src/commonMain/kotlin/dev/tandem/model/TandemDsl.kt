package dev.tandem.model

/** Keeps the blocks of our builders apart: an inner block does not see the outer one's names by accident. */
@DslMarker
@Retention(AnnotationRetention.BINARY)
@Target(AnnotationTarget.CLASS)
public annotation class TandemDsl
