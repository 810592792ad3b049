package dev.tandem.opentelemetry

import dev.tandem.platform.ContextCarrier
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.opentelemetry.context.Context
import io.opentelemetry.context.ContextKey
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import kotlinx.coroutines.yield
import java.util.concurrent.Executors

class OpenTelemetryCarrierSpec :
    FunSpec({
        val key = ContextKey.named<String>("carried")
        val thread = Executors.newSingleThreadExecutor()

        afterSpec { thread.shutdown() }

        fun onThread(work: () -> String?): String? = thread.submit(work).get()

        test("a coroutine that is started for a thread has its context, and the thread it ran on is as it was") {
            val carried = Context
                .current()
                .with(key, "mine")
                .makeCurrent()
                .use { ContextCarrier.captureAll() }
            Context.current().get(key) shouldBe null
            runBlocking {
                withContext(thread.asCoroutineDispatcher() + carried) {
                    Context.current().get(key) shouldBe "mine"
                    yield()
                    Context.current().get(key) shouldBe "mine"
                }
            }
            onThread { Context.current().get(key) } shouldBe null
        }

        test("a thread that carries something of its own has it back") {
            val captured = OpenTelemetryCarrier().capture()
            val carried = Context
                .current()
                .with(key, "mine")
                .makeCurrent()
                .use { OpenTelemetryCarrier().capture() }
            onThread {
                Context.current().with(key, "the thread's").makeCurrent().use {
                    carried.enter().use { Context.current().get(key) shouldBe "mine" }
                    captured.enter().use { Context.current().get(key) shouldBe null }
                    Context.current().get(key)
                }
            } shouldBe "the thread's"
        }
    })
