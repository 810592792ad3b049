package dev.tandem.platform

/** For a few lines that must not be interleaved. Nothing in them suspends. */
internal interface Lock {
    fun lock()

    fun unlock()
}

internal inline fun <T> Lock.holding(work: () -> T): T {
    lock()
    try {
        return work()
    } finally {
        unlock()
    }
}
