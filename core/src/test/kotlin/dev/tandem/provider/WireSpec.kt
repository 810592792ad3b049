package dev.tandem.provider

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.ktor.client.engine.mock.MockEngine
import io.ktor.client.engine.mock.respondOk
import kotlinx.coroutines.isActive
import java.util.concurrent.CountDownLatch
import kotlin.concurrent.thread

class WireSpec :
    FunSpec({
        test("makes no engine after its end") {
            var made = 0
            val wire = Wire(null) { MockEngine { respondOk() }.also { made++ } }
            wire.close()
            shouldThrow<IllegalStateException> { wire.transport }.message shouldBe "this client is closed: make a new one"
            made shouldBe 0
        }

        test("closes an engine that is being made at its end") {
            val engine = MockEngine { respondOk() }
            val making = CountDownLatch(1)
            val made = CountDownLatch(1)
            val wire = Wire(null) {
                making.countDown()
                made.await()
                engine
            }
            val user = thread { runCatching { wire.transport } }
            making.await()
            val closer = thread { wire.close() }
            // Either it waits for the engine, or it is gone already and will never close it.
            while (closer.isAlive && closer.state != Thread.State.BLOCKED) Thread.onSpinWait()
            made.countDown()
            user.join()
            closer.join()
            engine.isActive shouldBe false
        }
    })
