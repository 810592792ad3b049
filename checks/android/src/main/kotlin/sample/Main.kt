package sample

import dev.tandem.AiClient
import dev.tandem.error.AiException
import dev.tandem.extract
import dev.tandem.generate
import dev.tandem.structured.Description
import dev.tandem.tool.tool
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.runBlocking
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.Json
import java.util.concurrent.atomic.AtomicInteger

@Serializable
data class City(
    val name: String,
    @property:Description("how many people live there") val people: Int,
)

@Serializable
data class Place(
    @property:Description("its name") val city: String,
)

/** All that an app does with the client, so that it can be seen to do the same before R8 and after: its output is compared. */
fun main(arguments: Array<String>) {
    val url = arguments.single()
    // As a session does it: the first token has run out.
    val tokens = AtomicInteger()
    newClient(url) { "token-${tokens.incrementAndGet()}" }.use { ai -> runBlocking { kotlinStyles(ai) } }
    newClient(url) { "token-that-has-run-out" }.use { ai -> runBlocking { println("error: ${errorOf(ai)}") } }
    JavaChat.run(url)
}

private suspend fun kotlinStyles(ai: AiClient) {
    println("plain: ${ai.generate("Say hello")}")
    println("stream: ${ai.streamText("Count").toList()}")
    println("typed: ${ai.extract<City>("Oslo has 709,000 people")}")
    val weather = tool("weather", "The weather in a city") { place: Place -> "4 degrees in ${place.city}" }
    println("tool: ${ai.generate("Do I need a coat?") { tool(weather) }}")
    println("screen: ${screenOf(ai)}")
}

private suspend fun screenOf(ai: AiClient): String = coroutineScope {
    val chat = ChatStateHolder(ai, this)
    chat.send("Count")
    val state = chat.state.first { !it.isBusy }
    Json.encodeToString(state.lines)
}

private suspend fun errorOf(ai: AiClient): String = try {
    ai.generate("Say hello")
} catch (e: AiException) {
    "${problemOf(e)}, status ${e.status}, ${e.message}"
}
