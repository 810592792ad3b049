package dev.tandem.batch

import dev.tandem.batch.provider.Pauses
import dev.tandem.batch.provider.PieceSize
import dev.tandem.resilience.Concurrency
import java.nio.file.Path
import kotlin.time.Duration
import kotlin.time.TimeSource

/** How a batch is run. */
internal data class Settings<T>(
    val concurrency: Concurrency,
    val isOrdered: Boolean,
    val key: ((T) -> String?)?,
    val journal: Path?,
    val afterFailure: AfterFailure,
    val configuration: String?,
    val total: Long?,
    val listener: ProgressListener?,
    val listenEvery: Duration,
    val stop: BatchStop?,
    val endsOn: (Throwable) -> Boolean,
    val clock: TimeSource,
    val mode: BatchMode,
    val pieceSize: PieceSize,
    val piecesAtOnce: Int,
    val pauses: Pauses,
    val output: Output<T>? = null,
) {
    fun total(items: Long?): Settings<T> = copy(total = items)

    fun output(output: Output<T>): Settings<T> = copy(output = output)

    fun ordered(): Settings<T> = copy(isOrdered = true)
}
