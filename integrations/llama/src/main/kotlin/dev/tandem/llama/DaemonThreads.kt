@file:JvmName("-DaemonThreads")

package dev.tandem.llama

import java.util.concurrent.LinkedBlockingQueue
import java.util.concurrent.ThreadPoolExecutor
import java.util.concurrent.TimeUnit

/** At most [count] threads that start with the first task, end after a second without one, and keep no program alive. */
internal fun daemonThreads(name: String, count: Int): ThreadPoolExecutor =
    ThreadPoolExecutor(count, count, 1, TimeUnit.SECONDS, LinkedBlockingQueue()) { task ->
        Thread(task, name).apply { isDaemon = true }
    }.apply { allowCoreThreadTimeOut(true) }
