package dev.tandem.restate.server

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.Path
import kotlin.io.path.absolutePathString
import kotlin.io.path.exists

/** How a Restate server is started that talks to nobody outside of this machine. */
class Server(private val folder: Path, private val ingress: Int, private val admin: Int, private val nodes: Int) {
    fun start(): Child {
        val command = OFFLINE + listOf(binary().absolutePathString(), "--no-logo", "--node-name", "test", "--base-dir", "$folder/data")
        val child = Child(command, folder.resolve("server.log"), options())
        child.await { "admin-api-server" in it && "Server listening" in it }
        return child
    }

    private fun options() = mapOf(
        "RESTATE_DISABLE_TELEMETRY" to "true",
        "RESTATE_ADMIN__DISABLE_WEB_UI" to "true",
        "RESTATE_LISTEN_MODE" to "tcp",
        "RESTATE_BIND_IP" to "127.0.0.1",
        "RESTATE_ADVERTISED_HOST" to "127.0.0.1",
        "RESTATE_INGRESS__BIND_PORT" to "$ingress",
        "RESTATE_ADMIN__BIND_PORT" to "$admin",
        "RESTATE_BIND_PORT" to "$nodes",
        "RESTATE_LOG_FORMAT" to "json",
        // As small and as quick as it gets.
        "RESTATE_DEFAULT_NUM_PARTITIONS" to "1",
        "RESTATE_ROCKSDB_TOTAL_MEMORY_SIZE" to "64MB",
        "RESTATE_DEFAULT_RETRY_POLICY__INITIAL_INTERVAL" to "50ms",
        "RESTATE_DEFAULT_RETRY_POLICY__MAX_INTERVAL" to "100ms",
        "RESTATE_DEFAULT_RETRY_POLICY__MAX_ATTEMPTS" to "10000",
    )

    private companion object {
        /** At each start the server looks for a newer version of itself, which no setting prevents. So it finds nobody's address. */
        val OFFLINE: List<String> by lazy {
            val script = "mount --bind /dev/null /etc/resolv.conf && exec \"$0\" \"$@\""
            listOf(listOf("unshare", "--mount"), listOf("unshare", "--map-root-user", "--mount"))
                .map { it + listOf("sh", "-c", script) }
                .firstOrNull(::works)
                .orEmpty()
        }

        fun works(prefix: List<String>): Boolean = runCatching {
            val process = ProcessBuilder(prefix + "true").redirectErrorStream(true).start()
            process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0
        }.getOrDefault(false)

        fun binary(): Path {
            val system = if ("Mac" in System.getProperty("os.name")) "darwin" else "linux"
            val processor = if (System.getProperty("os.arch") == "aarch64") "arm64" else "x64"
            val binary = Path("node_modules/@restatedev/restate-server-$system-$processor/bin/restate-server")
            check(binary.exists()) { "there is no $binary in this module: npm ci brings it, and mvn verify -Prestate does so by itself" }
            return binary
        }
    }
}
