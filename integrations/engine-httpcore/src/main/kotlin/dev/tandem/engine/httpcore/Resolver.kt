package dev.tandem.engine.httpcore

import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import java.net.InetAddress
import java.net.InetSocketAddress

/** Names into addresses. Java can only wait for them, so a few threads do that, and whoever gives up leaves them to it. */
internal object Resolver {
    private val lookups = CoroutineScope(SupervisorJob() + Dispatchers.IO.limitedParallelism(MOST_LOOKUPS))

    /** All that [place] may be, the best first; fails as Java does when nobody knows the name. */
    suspend fun resolve(place: InetSocketAddress): List<InetSocketAddress> {
        if (!place.isUnresolved) return listOf(place)
        val host = place.hostString
        val addresses = if (isLiteral(host)) InetAddress.getAllByName(host) else lookups.async { InetAddress.getAllByName(host) }.await()
        return addresses.map { InetSocketAddress(it, place.port) }
    }

    /** An address already: nobody has to be asked. */
    fun isLiteral(host: String): Boolean = ':' in host || host.all { it == '.' || it in '0'..'9' }

    private const val MOST_LOOKUPS = 4
}
