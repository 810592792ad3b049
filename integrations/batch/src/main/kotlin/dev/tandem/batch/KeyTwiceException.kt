package dev.tandem.batch

/**
 * Two items of one batch have the same key, so that nobody could tell their results apart. The first one was done.
 *
 * @property key the one that both have.
 */
public class KeyTwiceException internal constructor(public val key: String, index: Long) :
    IllegalArgumentException("item $index has the key '$key', which another has already: give each its own")
