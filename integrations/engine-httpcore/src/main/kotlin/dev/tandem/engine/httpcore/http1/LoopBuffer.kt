package dev.tandem.engine.httpcore.http1

import java.nio.ByteBuffer

/** Where a loop reads into: each has one for all its connections, outside the heap so that Java copies once less. */
internal class LoopBuffer private constructor() {
    val direct: ByteBuffer = ByteBuffer.allocateDirect(BYTES)
    val bytes = ByteArray(BYTES)

    companion object {
        private const val BYTES = 64 * 1024
        private val OF_THREAD = ThreadLocal.withInitial(::LoopBuffer)

        fun ofThisThread(): LoopBuffer = OF_THREAD.get()
    }
}
