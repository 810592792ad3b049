package dev.tandem.batch

import dev.tandem.AiClient
import dev.tandem.batch.provider.Pauses
import dev.tandem.batch.provider.PieceSize
import dev.tandem.batch.provider.Side
import dev.tandem.process.newFolder
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.FakeRequest
import dev.tandem.testing.FakeServer
import dev.tandem.testing.Reply
import kotlinx.coroutines.CompletableDeferred
import java.nio.file.Path

/** A provider that has done each batch as soon as somebody looks, unless it is busy. */
internal class HouseOfBatches(val side: Side, settings: AiClient.Builder.() -> Unit = {}) : AutoCloseable {
    val play = side.newPlay()

    @Volatile var isBusy = false

    /** What it says to a request; null for what was asked. */
    @Volatile var answer: (body: String) -> Reply? = { null }

    /** What becomes of a batch, in place of being done. */
    @Volatile var whenDone: ((id: String) -> Unit?)? = null

    /** Somebody has looked at a batch. */
    val looks = CompletableDeferred<Unit>()
    val journal: Path = newFolder().resolve("run.journal")
    private val server = FakeServer.start().answering(::serve)
    val ai: AiClient = AiClient
        .builder(side.provider(server.url))
        .model("m-1")
        .retry(RetryPolicy.NONE)
        .apply(settings)
        .build()

    fun asked(word: String): Int = server.requests.count { word in it.path }

    private fun serve(request: FakeRequest): Reply {
        val id = request.path.substringBefore('?').removePrefix("${side.path}/")
        if (request.method == "GET" && id in play.batches) {
            if (!isBusy) complete(id)
            looks.complete(Unit)
        }
        return play.answer(request)
    }

    private fun complete(id: String) =
        whenDone?.let { it(id) } ?: play.complete(id) { body -> answer(body) ?: side.chat(PROMPT.findAll(body).last().groupValues[1]) }

    override fun close() {
        ai.close()
        server.close()
    }

    private companion object {
        val PROMPT = Regex("\"(?:content|text)\":\"([^\"]*)\"")
    }
}

internal fun <T, R> Batch.Builder<T, R>.pieces(): Batch.Builder<T, R> = mode(BatchMode.PROVIDER)
    .pieces(PieceSize.of(2, 1_000_000), 10)
    .pauses(
        Pauses
            .builder()
            .firstMillis(1)
            .longestMillis(2)
            .build(),
    )
