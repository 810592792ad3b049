package hello

import dev.tandem.AiClient
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import kotlinx.coroutines.flow.toList

/** A user's first lines, before a server on this machine. */
suspend fun main() {
    FakeServer.start().enqueue(OpenAiReplies.chat("Hello"), OpenAiReplies.stream("from ", "Kotlin")).use { server ->
        AiClient(OpenAi.compatible(server.url)) { model = "any" }.use { ai ->
            println("${ai.generate("Hi")} ${ai.streamText("And?").toList().joinToString("")}, ${ai.version()}")
        }
    }
}
