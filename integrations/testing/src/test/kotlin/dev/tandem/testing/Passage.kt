package dev.tandem.testing

import java.net.URI
import java.net.http.HttpClient
import java.net.http.HttpRequest
import java.net.http.HttpResponse
import java.net.http.HttpResponse.BodyHandlers

/** The smallest gateway there is: it passes on what it hears from [upstream], and gives models a name in front. */
internal class Passage(private val upstream: FakeServer) {
    private val http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()

    fun answer(request: FakeRequest): Reply {
        val onward = HttpRequest
            .newBuilder(URI("http://127.0.0.1:${upstream.port}${request.path}"))
            .method(request.method, HttpRequest.BodyPublishers.ofString(request.body.replace("\"wire-", "\"ours/wire-")))
        return replyOf(http.send(onward.build(), BodyHandlers.ofByteArray()))
    }

    private fun replyOf(response: HttpResponse<ByteArray>): Reply {
        val headers = response.headers().map().flatMap { (name, values) -> values.flatMap { listOf(name, it) } }
        val passed = headers.chunked(2).filter { (name, _) -> name.lowercase() !in OUR_OWN }.flatten()
        val contentType = response.headers().firstValue("Content-Type").orElse("")
        return Reply.inPieces(response.statusCode(), contentType, listOf(response.body()), *passed.toTypedArray())
    }

    private companion object {
        val OUR_OWN = setOf("content-type", "content-length", "transfer-encoding")
    }
}
