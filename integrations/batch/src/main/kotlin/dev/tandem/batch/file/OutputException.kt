package dev.tandem.batch.file

import java.io.IOException
import java.nio.file.Path

/**
 * The output could not be written. Nothing is lost: all of it is in the journal.
 *
 * @property path the file that was to be written.
 */
public class OutputException internal constructor(public val path: Path, cause: IOException) :
    RuntimeException(
        "$path cannot be written (${cause.message}): make room or look at its permissions, then run the same once more; nothing is asked again",
        cause,
    )
