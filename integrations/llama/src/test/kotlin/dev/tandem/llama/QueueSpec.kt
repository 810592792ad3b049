package dev.tandem.llama

import dev.tandem.AiClient
import dev.tandem.model.ChatEvent
import dev.tandem.model.chatRequest
import dev.tandem.model.options
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.CoroutineStart
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlin.time.TimeSource
import kotlin.time.measureTime

class QueueSpec :
    FunSpec({
        val long = chatRequest {
            user("Say it.")
            responseFormat = sayingOnly("a".repeat(1500))
        }

        /** Takes the slot at once: whoever asks later has to wait. */
        fun kotlinx.coroutines.CoroutineScope.occupy(ai: AiClient) = launch(start = CoroutineStart.UNDISPATCHED) { ai.chat(long) }

        test("those who wait are served in the order they came") {
            roomyPebble { ai ->
                ai.warmUp()
                val served = mutableListOf<Int>()
                coroutineScope {
                    val first = occupy(ai)
                    repeat(10) { number ->
                        launch(start = CoroutineStart.UNDISPATCHED) {
                            ai.generate("Hello!")
                            served += number
                        }
                    }
                    first.join()
                }
                served shouldBe (0..9).toList()
            }
        }

        test("who waits can leave the queue, and the others move up") {
            roomyPebble { ai ->
                ai.warmUp()
                untilInTime {
                    coroutineScope {
                        val first = occupy(ai)
                        val before = ai.stats().cancelled
                        val leaving = launch(start = CoroutineStart.UNDISPATCHED) { ai.generate("Hello!") }
                        val staying = async(start = CoroutineStart.UNDISPATCHED) { ai.generate("What is a coroutine?") }
                        leaving.cancelAndJoin()
                        val isBeforeTheFirst = first.isActive
                        staying.await() shouldBe COROUTINE
                        ai.stats().cancelled shouldBe before + 1
                        isBeforeTheFirst
                    }
                }
            }
        }

        test("a stream that is given up stops the model and frees its slot") {
            roomyPebble { ai ->
                ai.warmUp()
                untilInTime {
                    val whole = measureTime { ai.chat(long) }
                    val start = TimeSource.Monotonic.markNow()
                    ai.stream(long).first { it is ChatEvent.Text }
                    ai.generate("Hello!") shouldBe "Hello! How can I help you?"
                    start.elapsedNow() < whole / 2
                }
            }
        }

        test("clients of the same model share its slots") {
            roomyPebble { one ->
                roomyPebble { other ->
                    one.warmUp()
                    other.warmUp()
                    coroutineScope {
                        val first = occupy(one)
                        other.generate("Hello!")
                        first.isCompleted shouldBe true
                    }
                }
            }
        }

        test("fifty calls at once are all answered right") {
            pebble { ai ->
                withContext(Dispatchers.Default) { List(50) { async { ai.generate("What is a coroutine?") } }.awaitAll() }
                    .toSet() shouldBe setOf(COROUTINE)
                ai.stats().successful shouldBe 50
            }
        }

        test("several slots work at the same time, some given up") {
            AiClient.builder(Llama.builder().parallel(4).build()).build().use { ai ->
                withContext(Dispatchers.Default) {
                    List(60) { number ->
                        async {
                            if (number % 3 == 0) {
                                ai.stream("Tell me a joke.", options { seed = 1 }).first { it is ChatEvent.Text }
                            } else {
                                ai.generate("What is a coroutine?") shouldBe COROUTINE
                            }
                        }
                    }.awaitAll()
                }
            }
        }
    })
