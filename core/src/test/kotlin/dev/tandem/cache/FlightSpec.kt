package dev.tandem.cache

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.booleans.shouldBeTrue
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.list
import io.kotest.property.arbitrary.long
import io.kotest.property.arbitrary.pair
import io.kotest.property.checkAll
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.async
import kotlinx.coroutines.awaitAll
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.cancelAndJoin
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.delay
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.launch
import kotlinx.coroutines.test.runCurrent
import kotlinx.coroutines.test.runTest
import kotlinx.coroutines.withTimeout
import kotlinx.coroutines.yield
import java.util.concurrent.atomic.AtomicBoolean
import kotlin.time.Duration.Companion.seconds

class FlightSpec :
    FunSpec({
        fun flightOf(most: Long) = Flight<Int>(most) { 1 }

        /** Reads all with a pause after each. */
        suspend fun Flight<Int>.Reader.all(pause: Long = 0): List<Int> {
            val items = mutableListOf<Int>()
            readTo({
                items += it
                if (pause > 0) delay(pause)
            }) { it }
            return items
        }

        test("whenever they come and however slow they are, all get all of it in order") {
            checkAll(
                60,
                Arb.int(0..40),
                Arb.long(0..50L),
                Arb.list(Arb.pair(Arb.long(0..60L), Arb.long(0..9L)), 1..8),
            ) { count, most, readers ->
                runTest {
                    val flight = flightOf(most)
                    val source = flow {
                        repeat(count) {
                            delay(1)
                            emit(it)
                        }
                    }
                    val begun = flight.join().shouldNotBeNull()
                    var kept: List<Int>? = null
                    flight.begin(this, source, whenWhole = { kept = it }, whenOver = {})
                    val heard = readers.map { (after, pause) ->
                        async {
                            delay(after)
                            flight.join()?.all(pause)
                        }
                    }
                    begun.all() shouldContainExactly List(count) { it }
                    // Who comes too late to what is not recorded is not let in; all others get all.
                    heard.awaitAll().filterNotNull().forEach { it shouldContainExactly List(count) { n -> n } }
                    testScheduler.advanceUntilIdle()
                    if (count <= most) kept shouldBe List(count) { it } else kept.shouldBeNull()
                }
            }
        }

        test("what is too long to be recorded never lies about in greater numbers than it may") {
            runTest {
                val flight = flightOf(10)
                var said = 0
                val source = flow {
                    repeat(1_000) {
                        said++
                        emit(it)
                    }
                }
                val slow = flight.join().shouldNotBeNull()
                val quick = flight.join().shouldNotBeNull()
                flight.begin(this, source, whenWhole = {}, whenOver = {})
                val quickly = async { quick.all() }
                var read = 0
                slow.readTo({
                    read++
                    delay(1)
                    (said - read <= 12).shouldBeTrue()
                }) { it }
                read shouldBe 1_000
                quickly.await().size shouldBe 1_000
                flight.join().shouldBeNull()
            }
        }

        test("a failure comes after what was heard before it, to everybody") {
            runTest {
                val flight = flightOf(100)
                val reader = flight.join().shouldNotBeNull()
                flight.begin(
                    CoroutineScope(coroutineContext + SupervisorJob()),
                    flow {
                        emit(1)
                        error("broken")
                    },
                    whenWhole = {},
                    whenOver = {},
                )
                val heard = mutableListOf<Int>()
                shouldThrow<IllegalStateException> { reader.readTo({ heard += it }) { it } }.message shouldBe "broken"
                heard shouldContainExactly listOf(1)
                flight.join().shouldBeNull()
            }
        }

        test("one pays: the first, or who stays when he leaves; nobody who comes when all is over") {
            runTest {
                suspend fun paid(reader: Flight<Int>.Reader): Boolean {
                    var hasPaid = false
                    reader.readTo({ if (it > 0) hasPaid = true }) { 0 }
                    return hasPaid
                }
                val flight = flightOf(100)
                val source = flow {
                    delay(10)
                    emit(1)
                }
                val readers = List(3) { flight.join().shouldNotBeNull() }
                flight.begin(this, source, whenWhole = { delay(1_000) }, whenOver = {})
                launch { readers[0].all() }.also { runCurrent() }.cancelAndJoin()
                readers.drop(1).map { async { paid(it) } }.awaitAll() shouldContainExactly listOf(true, false)
                paid(flight.join().shouldNotBeNull()) shouldBe false
            }
        }

        test("the last to leave ends it") {
            runTest {
                var hasEnded = false
                val flight = flightOf(100)
                val readers = List(3) { flight.join().shouldNotBeNull() }
                val source = flow {
                    try {
                        emit(1)
                        awaitCancellation()
                    } finally {
                        hasEnded = true
                    }
                }
                flight.begin(this@runTest.backgroundScope, source, whenWhole = {}, whenOver = {})
                val reading = readers.map { launch { it.all() } }
                runCurrent()
                reading.take(2).forEach { it.cancelAndJoin() }
                runCurrent()
                hasEnded shouldBe false
                reading.last().cancelAndJoin()
                runCurrent()
                hasEnded shouldBe true
            }
        }

        test("on many threads nobody misses an item, and nobody waits for ever") {
            withTimeout(60.seconds) {
                repeat(200) { round ->
                    val most = if (round % 2 == 0) 1_000L else 20L
                    val flight = flightOf(most)
                    val first = flight.join().shouldNotBeNull()
                    val source = flow {
                        repeat(300) {
                            if (it % 7 == 0) yield()
                            emit(it)
                        }
                    }
                    coroutineScope {
                        val readers = List(4) {
                            async(Dispatchers.Default) {
                                repeat(it) { yield() }
                                flight.join()?.all()
                            }
                        }
                        val begun = async(Dispatchers.Default) { first.all() }
                        flight.begin(CoroutineScope(Dispatchers.Default), source, whenWhole = {}, whenOver = {})
                        begun.await() shouldBe List(300) { it }
                        readers.awaitAll().filterNotNull().forEach { it shouldBe List(300) { n -> n } }
                    }
                }
            }
        }

        test("on many threads nobody joins what the last one ends by leaving") {
            withTimeout(60.seconds) {
                repeat(6_000) { round ->
                    val flight = flightOf(100)
                    val last = flight.join().shouldNotBeNull()
                    val go = CompletableDeferred<Unit>()
                    val isLeaving = AtomicBoolean()
                    val source = flow {
                        emit(1)
                        go.await()
                    }
                    flight.begin(CoroutineScope(Dispatchers.Default), source, whenWhole = {}, whenOver = {})
                    coroutineScope {
                        launch(Dispatchers.Default) {
                            shouldThrow<IllegalStateException> {
                                last.readTo({
                                    isLeaving.set(true)
                                    error("leaves")
                                }) { it }
                            }
                        }
                        val joined = async(Dispatchers.Default) {
                            while (!isLeaving.get()) Thread.onSpinWait()
                            repeat(round % 200) { Thread.onSpinWait() }
                            flight.join()?.let {
                                go.complete(Unit)
                                it.all()
                            }
                        }
                        joined.await()?.shouldContainExactly(1)
                    }
                }
            }
        }
    })
