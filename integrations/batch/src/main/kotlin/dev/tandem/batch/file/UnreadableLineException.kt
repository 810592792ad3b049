package dev.tandem.batch.file

/**
 * A line of the input that asks for nothing. The others are done all the same.
 *
 * @property line its number, from 1.
 */
public class UnreadableLineException internal constructor(public val line: Long, problem: String) :
    IllegalArgumentException("line $line of the input $problem")
