package dev.tandem.provider.replicate

import dev.tandem.error.AiException
import dev.tandem.model.ChatEvent
import dev.tandem.model.Options
import dev.tandem.provider.Wire
import dev.tandem.provider.http.ChatExchange
import dev.tandem.provider.http.Credential
import dev.tandem.provider.http.Endpoint
import dev.tandem.provider.http.Site
import dev.tandem.transport.Framing
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.catch
import kotlinx.coroutines.flow.emptyFlow

/**
 * What a prediction says while it is made. Only the pieces count here: whether all came, and all went well, is asked of the
 * prediction itself afterwards. So a stream that cannot be had, or breaks off, ends in silence.
 */
internal class PredictionStream(private val site: Site, private val wire: Wire, private val endpoint: Endpoint) {
    fun events(url: String, options: Options): Flow<ChatEvent> {
        val base = site.baseUrl
        val address = ADDRESS.matchEntire(url)
        return when {
            url.startsWith("$base/") -> listen(endpoint, url.removePrefix(base), options)

            // What is asked for in private must not be answered in public.
            address == null || (base.startsWith("https:") && !url.startsWith("https:")) -> emptyFlow()

            // Another host: it gets neither the key nor any header of the caller's.
            else -> listen(stranger(address.groupValues[1]), address.groupValues[2], timersOf(options))
        }.catch { if (it !is AiException) throw it }
    }

    private fun listen(endpoint: Endpoint, path: String, options: Options) =
        ChatExchange(endpoint, Framing.EVENTS, ::PredictionReader).listen(path, options)

    private fun stranger(origin: String) = Endpoint(Site(site.name, origin, Credential.bearer(null, null), emptyMap()), wire)

    private fun timersOf(options: Options) = Options
        .builder()
        .apply { options.timers.forEach { (timer, limit) -> timer(timer, limit) } }
        .build()

    private companion object {
        val ADDRESS = Regex("(https?://[\\w.:-]+)(/[!-~]*)")
    }
}
