package dev.tandem.llama

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.chatRequest
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Deferred
import kotlinx.coroutines.async
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.collect

class CloseSpec :
    FunSpec({
        val long = chatRequest {
            user("Say it.")
            responseFormat = sayingOnly("a".repeat(1500))
        }
        val roomy = Llama.builder().contextSize(2048).build()

        test("closing the client ends its streams with an exception, and leaves other clients alone") {
            AiClient.builder(roomy).build().use { other ->
                untilInTime {
                    val ai = AiClient.builder(roomy).build()
                    val end = runCatching { ai.stream(long).collect { if (it is ChatEvent.Text) ai.close() } }
                    end.onFailure { it.shouldBeInstanceOf<IllegalStateException>() }.isFailure
                }
                other.generate("What is a coroutine?") shouldBe COROUTINE
            }
        }

        test("closing the bare target ends its streams too, running and waiting") {
            pebble { ai ->
                ai.warmUp()
                untilInTime {
                    val target = LlamaTarget(BundledWeights, LlamaSettings(contextSize = 2048))
                    val ends = coroutineScope {
                        var waiting: Deferred<Result<*>>? = null
                        val running = runCatching {
                            target.stream(long).collect {
                                if (it !is ChatEvent.Text || waiting != null) return@collect
                                waiting = async(start = CoroutineStart.UNDISPATCHED) { runCatching { target.chat(long) } }
                                target.close()
                            }
                        }
                        listOf(running, waiting.shouldNotBeNull().await())
                    }
                    shouldThrow<IllegalStateException> { target.chat(long) }
                    ends.onEach { end -> end.onFailure { it.shouldBeInstanceOf<IllegalStateException>() } }.all { it.isFailure }
                }
            }
        }

        test("closing ends the client's threads") {
            fun threads() = Thread.getAllStackTraces().keys.filter { it.name == "tandem-llama" }
            val before = threads()
            val own = pebble { ai ->
                ai.generate("Hello!")
                threads() - before.toSet()
            }
            own.size shouldBe 1
            own.single().join()
        }

        test("opening and closing a hundred clients loads the model once") {
            repeat(100) { pebble { ai -> ai.warmUp() } }
            pebble { it.generate("Hello!") } shouldBe "Hello! How can I help you?"
        }
    })
