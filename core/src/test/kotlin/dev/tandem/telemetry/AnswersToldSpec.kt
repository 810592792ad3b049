package dev.tandem.telemetry

import dev.tandem.AiClient
import dev.tandem.ScriptedTarget
import dev.tandem.model.ChatResponse
import dev.tandem.pipeline.CallEvent
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import io.kotest.matchers.types.shouldBeInstanceOf
import kotlinx.coroutines.flow.toList

class AnswersToldSpec :
    FunSpec({
        test("who listens is told the answer of a chat and of a stream, and none of a list") {
            val ends = mutableListOf<CallEvent.Completed>()
            val client = AiClient(ScriptedTarget(0, "all ", "is well").provider()) {
                listener { _, event -> if (event is CallEvent.Completed) ends += event }
            }
            client.generate("Hi")
            client.stream("Hi").toList()
            client.models()
            for (end in ends.take(2)) {
                end.answer.shouldBeInstanceOf<ChatResponse>().text shouldBe "all is well"
                "$end" shouldNotContain "well"
            }
            ends[2].answer.shouldBeNull()
        }

        test("and that of each request") {
            val ends = mutableListOf<CallEvent.Returned>()
            val client = AiClient(ScriptedTarget(0, "all ", "is well").provider()) {
                listener { _, event -> if (event is CallEvent.Returned) ends += event }
            }
            client.generate("Hi")
            client.stream("Hi").toList()
            client.models()
            for (end in ends.take(2)) {
                end.answer.shouldBeInstanceOf<ChatResponse>().text shouldBe "all is well"
                "$end" shouldNotContain "well"
            }
            ends[2].answer.shouldBeNull()
        }
    })
