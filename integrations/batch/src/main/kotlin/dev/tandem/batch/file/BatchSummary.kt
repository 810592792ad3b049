package dev.tandem.batch.file

import dev.tandem.batch.BatchProgress
import java.nio.file.Path

/** What has become of a file, line by line. */
public class BatchSummary internal constructor(
    /** Where the answers are. */
    public val output: Path,
    /** What remembers it: with this file nothing is asked again. It may be deleted when nobody wants to go on. */
    public val journal: Path,
    /** As it was at the end. */
    public val progress: BatchProgress,
    /** The lines that could not be read, by their numbers; the first thousand of them. */
    public val unreadableLines: List<Long>,
) {
    override fun toString(): String = "$progress"
}
