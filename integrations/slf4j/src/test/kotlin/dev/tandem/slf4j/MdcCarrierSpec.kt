package dev.tandem.slf4j

import dev.tandem.platform.ContextCarrier
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import org.slf4j.MDC
import java.util.concurrent.Executors

class MdcCarrierSpec :
    FunSpec({
        val thread = Executors.newSingleThreadExecutor()

        beforeTest {
            MDC.clear()
            thread.submit(MDC::clear).get()
        }

        afterSpec { thread.shutdown() }

        fun <T> onThread(work: () -> T): T = thread.submit(work).get()

        fun <T> with(name: String, value: String, work: () -> T): T = MDC.putCloseable(name, value).use { work() }

        test("a coroutine that is started for a thread has its context, and the thread it ran on is as it was") {
            val carried = with("order", "7") { ContextCarrier.captureAll() }
            runBlocking {
                withContext(thread.asCoroutineDispatcher() + carried) {
                    MDC.get("order") shouldBe "7"
                    yield()
                    MDC.get("order") shouldBe "7"
                    MDC.put("left", "behind")
                }
            }
            onThread { MDC.getCopyOfContextMap().orEmpty() } shouldBe emptyMap()
        }

        test("a thread that carries something of its own has exactly that back") {
            val carried = with("order", "7") { MdcCarrier().capture() }
            onThread {
                with("own", "1") {
                    with("order", "8") {
                        val entered = carried.enter()
                        MDC.getCopyOfContextMap() shouldBe mapOf("order" to "7")
                        MDC.put("own", "changed")
                        entered.close()
                        MDC.getCopyOfContextMap()
                    }
                }
            } shouldBe mapOf("own" to "1", "order" to "8")
        }

        test("a thread without any is carried as one without any") {
            val nothing = MdcCarrier().capture()
            onThread {
                with("own", "1") {
                    val entered = nothing.enter()
                    MDC.get("own").shouldBeNull()
                    entered.close()
                    MDC.get("own")
                }
            } shouldBe "1"
        }

        test("what is captured does not change with the thread it comes from") {
            MDC.put("order", "7")
            val captured = MdcCarrier().capture()
            MDC.put("order", "8")
            onThread {
                val entered = captured.enter()
                MDC.get("order").also { entered.close() }
            } shouldBe "7"
        }
    })
