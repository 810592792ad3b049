package dev.tandem.platform

import io.ktor.client.engine.HttpClientEngine

/**
 * All that the common code needs from the machine below it. The one implementation is `platform` in jvmMain; a
 * multiplatform build would declare that value `expect` here and change nothing else.
 */
internal interface Platform {
    /** A new engine, owned by whoever asked. */
    fun newEngine(): HttpClientEngine

    fun environment(name: String): String?

    /** What went wrong below HTTP. */
    fun breakdownOf(cause: Throwable): Breakdown

    fun newLock(): Lock

    fun sha256(bytes: ByteArray): ByteArray

    /** A text file that comes with this library. */
    fun resource(path: String): String

    /** A file of the user's, unless [checkSize] throws. */
    fun readFile(path: String, checkSize: (Long) -> Unit): ByteArray

    fun systemInfo(): SystemInfo

    fun healthReport(): HealthReport
}
