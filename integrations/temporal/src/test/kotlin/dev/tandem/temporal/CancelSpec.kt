package dev.tandem.temporal

import dev.tandem.workflow.durable.DurableSteps
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.types.shouldBeInstanceOf
import io.temporal.client.WorkflowFailedException
import io.temporal.failure.CanceledFailure
import kotlinx.coroutines.CompletableDeferred
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.awaitCancellation
import kotlinx.coroutines.coroutineScope
import kotlinx.coroutines.launch
import kotlinx.coroutines.withContext
import kotlinx.coroutines.withTimeout
import kotlinx.serialization.builtins.nullable
import kotlinx.serialization.builtins.serializer
import kotlin.time.Duration.Companion.seconds

class CancelSpec :
    StringSpec({
        val text = String.serializer()
        val station = Station()
        afterSpec { station.close() }

        fun flow(type: String, body: suspend (DurableSteps) -> String) =
            temporalWorkflow(type, text.nullable, text) { steps, _ -> body(steps) }

        "cancelling the run cancels the action under way, and the workflow, which may still undo what it did" {
            val begun = CompletableDeferred<Unit>()
            val cancelled = CompletableDeferred<Unit>()
            val process = station.process(
                flow("cancelled") { steps ->
                    try {
                        steps.step("pay", text) {
                            begun.complete(Unit)
                            try {
                                awaitCancellation()
                            } finally {
                                cancelled.complete(Unit)
                            }
                        }
                    } finally {
                        withContext(NonCancellable) { steps.step("undo", text) { "undone" } }
                    }
                },
            )
            val run = station.start("cancelled")
            withTimeout(30.seconds) { begun.await() }
            run.cancel()
            shouldThrow<WorkflowFailedException> { run.ends<String>() }.cause.shouldBeInstanceOf<CanceledFailure>()
            station.kept("cancelled") shouldBe listOf("undo")
            withTimeout(30.seconds) { cancelled.await() }
            process.stop()
        }

        "an action that nobody waits for any more is cancelled, and the run goes on without it" {
            val begun = CompletableDeferred<Unit>()
            val cancelled = CompletableDeferred<Unit>()
            val process = station.process(
                flow("dropped") { steps ->
                    runCatching {
                        coroutineScope {
                            launch {
                                steps.step("long", text) {
                                    begun.complete(Unit)
                                    try {
                                        awaitCancellation()
                                    } finally {
                                        cancelled.complete(Unit)
                                    }
                                }
                            }
                            steps.step("short", text) {
                                begun.await()
                                throw IllegalStateException("no")
                            }
                        }
                    }
                    withTimeoutStep(steps, cancelled)
                },
            )
            station.start("dropped").ends<String>() shouldBe "after"
            process.stop()
        }
    })

/** Is over when the other one was [cancelled]. */
private suspend fun withTimeoutStep(steps: DurableSteps, cancelled: CompletableDeferred<Unit>): String =
    steps.step("after", String.serializer()) { "after".also { withTimeout(30.seconds) { cancelled.await() } } }
