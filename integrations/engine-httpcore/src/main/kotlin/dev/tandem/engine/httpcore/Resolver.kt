package dev.tandem.engine.httpcore

import kotlinx.coroutines.CoroutineDispatcher
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.withContext
import java.net.InetAddress
import java.net.InetSocketAddress

/** Names into addresses. Java can only wait for them, so a few threads do that. */
internal object Resolver {
    private val threads: CoroutineDispatcher = Dispatchers.IO.limitedParallelism(2)

    /** All that [place] may be, the best first; fails as Java does when nobody knows the name. */
    suspend fun resolve(place: InetSocketAddress): List<InetSocketAddress> {
        if (!place.isUnresolved) return listOf(place)
        val host = place.hostString
        val addresses = if (isLiteral(host)) InetAddress.getAllByName(host) else withContext(threads) { InetAddress.getAllByName(host) }
        return addresses.map { InetSocketAddress(it, place.port) }
    }

    /** An address already: nobody has to be asked. */
    private fun isLiteral(host: String) = ':' in host || host.all { it == '.' || it in '0'..'9' }
}
