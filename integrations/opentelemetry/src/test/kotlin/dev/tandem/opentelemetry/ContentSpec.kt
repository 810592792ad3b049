package dev.tandem.opentelemetry

import dev.tandem.chat
import dev.tandem.error.ErrorDetails
import dev.tandem.error.IncompleteStreamException
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.ToolCall
import dev.tandem.model.ToolDefinition
import dev.tandem.telemetry.ANSWER
import dev.tandem.telemetry.PROMPT
import dev.tandem.telemetry.playing
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldNotContain
import kotlinx.serialization.json.Json

class ContentSpec :
    FunSpec({
        fun json(text: String?) = Json.parseToJsonElement(text!!)

        val call = ToolCall("t-1", "weather", """{"city":"Lisbon"}""")
        val wise = ChatResponse
            .builder(Message.assistant(ANSWER, listOf(call, ToolCall("t-2", "weather", "no JSON")), "Let me think"))
            .finishReason(FinishReason.TOOL_CALLS)
            .build()

        test("nothing of what is said is recorded by default") {
            val recorded = Recorded()
            playing(OpenTelemetryListener.of(recorded.sdk)) { wise }.chat {
                system(PROMPT)
                user(PROMPT)
                tool(ToolDefinition("weather", PROMPT, ToolDefinition.NO_PARAMETERS))
            }
            recorded.words() shouldNotContain PROMPT
            recorded.words() shouldNotContain ANSWER
            recorded.words() shouldNotContain "weather"
            recorded.words() shouldNotContain "Lisbon"
        }

        test("who asks for it gets all that is said, in the shape of the conventions") {
            val recorded = Recorded()
            playing(OpenTelemetryListener.builder(recorded.sdk).content(true).build()) { wise }.chat {
                system("Be brief")
                user(Part.Text(PROMPT), Part.Image("https://example.com/a.png"), Part.Image("data:image/png;base64,AAAA"))
                user(
                    Part.Audio.of("RIFF0000WAVE".encodeToByteArray()),
                    Part.File.of("a.pdf", "%PDF-1".encodeToByteArray()),
                    Part.File.uploaded("file-1"),
                )
                message(Message.assistant("", listOf(call), ""))
                message(Message.tool("t-1", "rain"))
                tool(ToolDefinition("weather", "Tells the weather", ToolDefinition.NO_PARAMETERS))
            }
            val span = recorded.call
            json(span.attributes.get(GenAi.INPUT_MESSAGES)) shouldBe json(
                """[
                {"role":"system","parts":[{"type":"text","content":"Be brief"}]},
                {"role":"user","parts":[{"type":"text","content":"$PROMPT"},
                  {"type":"uri","modality":"image","uri":"https://example.com/a.png"},
                  {"type":"image","modality":"image","mime_type":"image/png"}]},
                {"role":"user","parts":[{"type":"audio","modality":"audio","mime_type":"audio/wav"},
                  {"type":"document","modality":"document","mime_type":"application/pdf"},
                  {"type":"file","modality":"document","file_id":"file-1"}]},
                {"role":"assistant","parts":[{"type":"tool_call","id":"t-1","name":"weather","arguments":{"city":"Lisbon"}}]},
                {"role":"tool","parts":[{"type":"tool_call_response","id":"t-1","response":"rain"}]}]""",
            )
            json(span.attributes.get(GenAi.OUTPUT_MESSAGES)) shouldBe json(
                """[{"role":"assistant","finish_reason":"tool_call","parts":[
                {"type":"reasoning","content":"Let me think"},
                {"type":"text","content":"$ANSWER"},
                {"type":"tool_call","id":"t-1","name":"weather","arguments":{"city":"Lisbon"}},
                {"type":"tool_call","id":"t-2","name":"weather","arguments":"no JSON"}]}]""",
            )
            json(span.attributes.get(GenAi.TOOL_DEFINITIONS)) shouldBe json(
                """[{"type":"function","name":"weather","description":"Tells the weather",
                "parameters":{"type":"object","properties":{}}}]""",
            )
        }

        test("of an answer that broke off, there is what had arrived") {
            val recorded = Recorded()
            val partial = ChatResponse.builder(Message.assistant("The sec")).build()
            val broken = IncompleteStreamException("cut", ErrorDetails.builder().partial(partial).build(), null)
            shouldThrow<IncompleteStreamException> {
                playing(OpenTelemetryListener.builder(recorded.sdk).content(true).build()) { throw broken }.generate(PROMPT)
            }
            json(recorded.call.attributes.get(GenAi.OUTPUT_MESSAGES)) shouldBe
                json("""[{"role":"assistant","finish_reason":"error","parts":[{"type":"text","content":"The sec"}]}]""")
        }
    })
