package dev.tandem.llama

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.currentCoroutineContext
import kotlinx.coroutines.flow.collect
import kotlinx.coroutines.job

class ClientSpec :
    FunSpec({
        test("a client around the bundled model counts calls and tokens") {
            AiClient(Llama.bundled()).use { ai ->
                ai.generate("What is a coroutine?") shouldBe COROUTINE
                ai.stats().successful shouldBe 1
                ai.stats().inputTokens shouldBe 55
                ai.stats().outputTokens shouldBe COROUTINE.length
                ai.models().map { it.id } shouldContainExactly listOf("pebble")
            }
        }

        test("events are emitted in the collector's own coroutine") {
            pebble { ai ->
                val thread = Thread.currentThread().threadGroup
                ai.stream("Hello!").collect { if (it is ChatEvent.Text) Thread.currentThread().threadGroup shouldBe thread }
                currentCoroutineContext().job.isActive shouldBe true
            }
        }

        test("no HTTP client is made") {
            pebble { ai ->
                ai.generate("Hello!")
                Thread.getAllStackTraces().keys.none { "OkHttp" in it.name } shouldBe true
            }
        }
    })
