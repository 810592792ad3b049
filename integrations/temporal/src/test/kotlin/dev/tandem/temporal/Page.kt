package dev.tandem.temporal

import dev.tandem.AiClient
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.run.WorkflowExecutor
import io.temporal.client.WorkflowClient
import io.temporal.serviceclient.WorkflowServiceStubs
import io.temporal.worker.WorkerFactory
import kotlinx.serialization.Serializable
import kotlinx.serialization.builtins.serializer

@Serializable
private class Review(val isApproved: Boolean)

private fun publish(draft: String): String = draft

/** What docs/temporal.md shows, so that it compiles; `ExecutorSpec` runs the like of it. */
internal fun articles(ai: AiClient, report: Workflow, executor: WorkflowExecutor) {
    val factory = WorkerFactory.newInstance(WorkflowClient.newInstance(WorkflowServiceStubs.newLocalServiceStubs()))
    val steps = StepWorker.on(factory) // one for each factory, before it is started
    val article = temporalWorkflow("Article", String.serializer(), String.serializer()) { steps, topic ->
        val draft = steps.step("draft", String.serializer()) { ai.generate("Write about $topic") }
        steps.pause("embargo", 3_600_000)
        val review = steps.await("approval", Review.serializer()) // a person, tomorrow
        if (review.isApproved) steps.step("publish", String.serializer()) { publish(draft) } else "rejected"
    }
    steps.bind(factory.newWorker("articles"), article, TemporalWorkflow.of(report, executor))
    factory.start()
}
