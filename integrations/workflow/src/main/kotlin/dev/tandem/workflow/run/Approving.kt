package dev.tandem.workflow.run

import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.durable.Decision
import kotlinx.serialization.builtins.serializer
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive
import kotlinx.serialization.json.buildJsonObject
import kotlinx.serialization.json.put

/** Somebody says yes or no. */
internal class Approving(private val stage: Stage) {
    suspend fun done(node: ApprovalNode, place: Int): NodeDone {
        val question = stage.workflow.plan.filled[place]
            .own.values
            .single()
            .text(stage::at)
        val name = stage.nameOf(node)
        val asked = stage.steps.step("question.$name", String.serializer()) { question }
        check(asked == question) {
            "the question of '$name' has changed since it was asked ('${asked.take(SHOWN)}' was, '${question.take(SHOWN)}' is): " +
                "what was said of the one cannot be taken for the other; begin a new journal"
        }
        stage.house.hub.put(WorkflowEvent.ApprovalAsked(stage.house.hub.moment(name), question))
        val decision = stage.steps.await(Decision.nameOf(name), Decision.serializer())
        if (!decision.isYes) throw ApprovalRefusedException(name, decision)
        val output = buildJsonObject {
            put("by", decision.by)
            put("comment", decision.comment?.let(::JsonPrimitive) ?: JsonNull)
        }
        return NodeDone(output, input = question.takeIf { stage.house.settings.recordsInputs })
    }

    private companion object {
        const val SHOWN = 80
    }
}
