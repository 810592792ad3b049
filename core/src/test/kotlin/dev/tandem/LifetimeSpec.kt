package dev.tandem

import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.nondeterministic.eventually
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.respondOk
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.flow.toList
import kotlinx.coroutines.isActive
import kotlin.time.Duration.Companion.seconds

class LifetimeSpec :
    FunSpec({
        val server = autoClose(FakeServer.start().always(OpenAiReplies.stream("a")))

        fun ourThreads() = Thread
            .getAllStackTraces()
            .keys
            .map { it.name }
            .filter { it.startsWith("tandem") }

        test("a closed client says so, in every operation, and may be closed again") {
            val client = clientOf(server)
            client.close()
            client.close()
            val calls: List<suspend () -> Any> =
                listOf(
                    { client.generate("Hi") },
                    { client.chat { user("Hi") } },
                    { client.stream("Hi").toList() },
                    { client.streamText("Hi").toList() },
                    { client.embed("Hi") },
                    { client.embedMany(listOf("Hi")) },
                    { client.models() },
                    { client.warmUp() },
                )
            for (call in calls) shouldThrow<IllegalStateException> { call() }.message!! shouldContain "closed: make a new one"
            client.toString() shouldContain "closed"
            client.healthCheck().isHealthy shouldBe false
            client.stats().total shouldBe 0
        }

        test("an engine of the user's outlives the client, and so does one it shares") {
            val engine = MockEngine { respondOk("{}") }
            AiClient(OpenAi(KEY)) { this.engine = engine }.use { it.warmUp() }
            AiClient(OpenAi(KEY)) { this.engine = engine }.use { it.warmUp() }
            engine.isActive shouldBe true
        }

        test("200 clients, opened, used and closed, leave no thread behind") {
            repeat(200) { clientOf(server).use { it.stream("Hi").collect() } }
            eventually(2.seconds) { ourThreads().shouldBeEmpty() }
        }

        test("a client that was never used has nothing to clean up") {
            clientOf(server).close()
            ourThreads().shouldBeEmpty()
        }
    })
