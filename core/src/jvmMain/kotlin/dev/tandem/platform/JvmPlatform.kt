package dev.tandem.platform

import io.ktor.client.engine.HttpClientEngine
import io.ktor.client.network.sockets.ConnectTimeoutException
import java.io.File
import java.io.IOException
import java.net.ConnectException
import java.net.NoRouteToHostException
import java.net.SocketException
import java.net.SocketTimeoutException
import java.net.UnknownHostException
import java.nio.channels.UnresolvedAddressException
import java.security.MessageDigest
import java.util.ServiceLoader
import java.util.concurrent.locks.ReentrantLock
import javax.net.ssl.SSLException
import kotlin.time.TimeSource

internal val platform: Platform = JvmPlatform

private object JvmPlatform : Platform {
    private val loaded = TimeSource.Monotonic.markNow()

    private val isAndroid = System.getProperty("java.vm.name") == "Dalvik"
    private val engines: EngineSource? by lazy {
        if (isAndroid) null else ServiceLoader.load(EngineSource::class.java, javaClass.classLoader).firstOrNull()
    }

    override fun newEngine(): HttpClientEngine = engines?.newEngine() ?: OkHttpEngine()

    override fun newLock(): Lock = JvmLock()

    /** Looking it up costs as much as using it. */
    private val sha256 by lazy { MessageDigest.getInstance("SHA-256") }

    override fun sha256(bytes: ByteArray): ByteArray = (sha256.clone() as MessageDigest).digest(bytes)

    override fun resource(path: String): String =
        checkNotNull(javaClass.classLoader.getResourceAsStream(path)) { "$path is missing in this library's jar" }
            .use { it.readBytes().decodeToString() }

    override fun readFile(path: String, checkSize: (Long) -> Unit): ByteArray {
        val file = File(path)
        require(file.isFile) { "there is no file '$path': is the path right, from ${File("").absolutePath}?" }
        checkSize(file.length())
        return try {
            file.readBytes()
        } catch (e: IOException) {
            throw IllegalArgumentException("the file '$path' cannot be read: ${e.message}", e)
        }
    }

    override fun environment(name: String): String? = System.getenv(name)?.ifBlank { null }

    override fun breakdownOf(cause: Throwable): Breakdown = causesOf(cause).firstNotNullOfOrNull(::known) ?: Breakdown.LOST

    private fun causesOf(failure: Throwable) = generateSequence(failure, Throwable::cause).take(MAX_CAUSES)

    private fun known(cause: Throwable): Breakdown? = when (cause) {
        // Ktor's is a ConnectException, so it comes first.
        is ConnectTimeoutException -> Breakdown.CONNECT_TIMEOUT

        is SocketTimeoutException -> Breakdown.IDLE_TIMEOUT

        is ConnectException, is NoRouteToHostException -> Breakdown.REFUSED

        is UnknownHostException, is UnresolvedAddressException -> Breakdown.HOST_UNKNOWN

        // Some runtimes wrap a connection that broke into one, which has nothing to do with trust.
        is SSLException -> if (causesOf(cause).any { it is SocketException }) Breakdown.LOST else Breakdown.TLS

        else -> null
    }

    override fun systemInfo(): SystemInfo {
        val memory = Runtime.getRuntime()
        return SystemInfo(
            version = VERSION,
            runtime = runtimeName(),
            cpuCount = memory.availableProcessors(),
            threadCount = Thread.activeCount(),
            uptimeMillis = loaded.elapsedNow().inWholeMilliseconds,
            memoryUsedBytes = memory.totalMemory() - memory.freeMemory(),
            memoryMaxBytes = memory.maxMemory(),
        )
    }

    private fun runtimeName(): String {
        val vm = System.getProperty("java.vm.name").orEmpty()
        val name = if (isAndroid) "Android" else "JVM"
        return "$name ${System.getProperty("java.version").orEmpty()} ($vm)"
    }

    override fun healthReport(): HealthReport {
        val memory = Runtime.getRuntime()
        val available = memory.maxMemory() - memory.totalMemory() + memory.freeMemory()
        return HealthReport(
            isRuntimeHealthy = true,
            memoryTotalBytes = memory.maxMemory(),
            memoryAvailableBytes = available,
            isMemoryHealthy = available >= memory.maxMemory() / SPARE_SHARE,
            timestampMillis = System.currentTimeMillis(),
        )
    }

    /** Causes can form a circle. */
    private const val MAX_CAUSES = 10

    private const val SPARE_SHARE = 20
}

private class JvmLock :
    ReentrantLock(),
    Lock
