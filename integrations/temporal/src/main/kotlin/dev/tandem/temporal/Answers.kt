package dev.tandem.temporal

import dev.tandem.workflow.replay.replayJson
import io.temporal.common.converter.RawValue
import io.temporal.workflow.CompletablePromise
import io.temporal.workflow.Promise
import io.temporal.workflow.SignalMethod
import io.temporal.workflow.Workflow
import io.temporal.workflow.WorkflowLocal
import kotlinx.serialization.Serializable
import kotlinx.serialization.json.JsonElement

/** The signal that brings an answer. */
internal interface AnswerSignal {
    @SignalMethod(name = SIGNAL)
    fun answer(said: RawValue)

    companion object {
        const val SIGNAL = "answer"
    }
}

/** What is in it. */
@Serializable
internal class Answer(val name: String, val value: JsonElement)

/** What was said to one run. The first answer counts. */
internal class Answers private constructor() : AnswerSignal {
    private val byName = HashMap<String, CompletablePromise<String>>()

    fun of(name: String): Promise<String> = promise(name)

    override fun answer(said: RawValue) {
        // A signal that throws would hold up the run until somebody takes it away.
        val answer = try {
            replayJson.decodeFromString(Answer.serializer(), JsonPayload.textOf(said))
        } catch (e: IllegalArgumentException) {
            return LOG.warn("an answer was not understood, it must be {\"name\": …, \"value\": …}: {}", e.message)
        }
        if (!promise(answer.name).complete(answer.value.toString())) LOG.warn("'{}' is answered already", answer.name)
    }

    private fun promise(name: String) = byName.getOrPut(name) { Workflow.newPromise() }

    companion object {
        private val LOG = Workflow.getLogger(Answers::class.java)
        private val OF_RUN: WorkflowLocal<Answers> = WorkflowLocal.withCachedInitial { Answers().also { Workflow.registerListener(it) } }

        /** Of the run that this thread is of. */
        fun ofRun(): Answers = OF_RUN.get()
    }
}
