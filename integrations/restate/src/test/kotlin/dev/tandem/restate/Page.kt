package dev.tandem.restate

import dev.restate.sdk.http.vertx.RestateHttpServer
import dev.restate.sdk.kotlin.endpoint.endpoint
import dev.tandem.AiClient
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.serializer

@Serializable
private class Review(val isApproved: Boolean)

private fun publish(draft: String): String = draft

/** What docs/restate.md shows, so that it compiles; `Program` runs the like of it on a real server. */
internal fun article(ai: AiClient) {
    val article = restateWorkflow("Article", String.serializer(), String.serializer()) { steps, topic ->
        val draft = steps.step("draft", String.serializer()) { ai.generate("Write about $topic") }
        val review = steps.await("approval", Review.serializer()) // a person, tomorrow
        steps.pause("embargo", 3_600_000)
        if (review.isApproved) steps.step("publish", String.serializer()) { publish(draft) } else "rejected"
    }
    RestateHttpServer.listen(endpoint { bind(article) }, 9080) // of dev.restate:sdk-kotlin-http
}
