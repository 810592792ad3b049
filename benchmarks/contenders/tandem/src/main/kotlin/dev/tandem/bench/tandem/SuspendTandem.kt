package dev.tandem.bench.tandem

import dev.tandem.bench.Encoding
import dev.tandem.bench.Site
import dev.tandem.bench.coroutines.SuspendContender
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.runBlocking

/** Tandem's suspend functions and flows. */
class SuspendTandem(site: Site) : SuspendContender() {
    private val ai = Clients.open(site)

    override suspend fun call(prompt: String): String = ai.generate(prompt)

    override fun deltas(prompt: String): Flow<String> = ai.streamText(prompt)

    override fun embed(texts: List<String>, encoding: Encoding): Long = runBlocking {
        Clients.numbers(ai.embed(Clients.embeddings(texts, encoding)).embeddings)
    }

    override fun close() = ai.close()
}
