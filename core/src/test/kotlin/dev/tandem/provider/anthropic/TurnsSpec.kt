package dev.tandem.provider.anthropic

import dev.tandem.chat
import dev.tandem.error.NotSupportedException
import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.ProviderState
import dev.tandem.model.ToolCall
import dev.tandem.provider.json.argumentsOf
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonPrimitive

/** Messages as Anthropic takes them: the sides in turn, and nothing that it refuses. */
class TurnsSpec :
    FunSpec({
        val sent = Sent()

        fun turns(vararg messages: Message) = turnsOf(messages.toList(), isCached = false)

        infix fun Any.shouldBeTurns(json: String) {
            this shouldBe Json.parseToJsonElement(json)
        }

        test("a whole conversation with a picture and tools") {
            sent.of {
                system("Be brief")
                user(Part.Text("What is this?"), Part.Image("https://example.com/a.png"), Part.Image("data:image/png;base64,iVBO"))
                message(Message.assistant("Let me see", listOf(ToolCall("c1", "look", "{\"at\":1}"), ToolCall("c2", "smell", "")), "hm"))
                message(Message.tool("c1", "a cat"))
                message(Message.tool("c2", ""))
                system("Be kind")
                user("Well?")
            } shouldBeJson
                """{"system":[{"type":"text","text":"Be brief"},{"type":"text","text":"Be kind"}],"messages":[
                {"role":"user","content":[{"type":"text","text":"What is this?"},
                {"type":"image","source":{"type":"url","url":"https://example.com/a.png"}},
                {"type":"image","source":{"type":"base64","media_type":"image/png","data":"iVBO"}}]},
                {"role":"assistant","content":[{"type":"text","text":"Let me see"},
                {"type":"tool_use","id":"c1","name":"look","input":{"at":1}},{"type":"tool_use","id":"c2","name":"smell","input":{}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"c1","content":"a cat"},
                {"type":"tool_result","tool_use_id":"c2","content":""},{"type":"text","text":"Well?"}]}]}"""
        }

        test("what has no words is left out") {
            turns(Message.user("Hi"), Message.assistant(" \n"), Message.user(Part.Text(""), Part.Text("there"))) shouldBeTurns
                """[{"role":"user","content":[{"type":"text","text":"Hi"},{"type":"text","text":"there"}]}]"""
        }

        test("arguments that are no object are wrapped in one") {
            for (wrong in listOf("{\"a\":", "[1]", "7")) {
                argumentsOf(wrong).toMap() shouldBe mapOf("INVALID_JSON" to JsonPrimitive(wrong))
            }
        }

        test("the ids of other providers' calls are made fit, in the call and in its result alike") {
            turns(
                Message.user("Hi"),
                Message.assistant("", listOf(ToolCall("functions.look:0", "look", "{}")), ""),
                Message.tool("functions.look:0", "x"),
            ) shouldBeTurns
                """[{"role":"user","content":[{"type":"text","text":"Hi"}]},
                {"role":"assistant","content":[{"type":"tool_use","id":"functions_look_0","name":"look","input":{}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"functions_look_0","content":"x"}]}]"""
        }

        test("ids that begin anew in each answer are told apart, since Anthropic takes none twice") {
            fun round(result: String) =
                arrayOf(Message.assistant("", listOf(ToolCall("call_0", "look", "{}")), ""), Message.tool("call_0", result))

            fun turn(id: String, result: String) =
                """{"role":"assistant","content":[{"type":"tool_use","id":"$id","name":"look","input":{}}]},
                {"role":"user","content":[{"type":"tool_result","tool_use_id":"$id","content":"$result"}]}"""
            turns(Message.user("Hi"), *round("a"), *round("b"), *round("c")) shouldBeTurns
                """[{"role":"user","content":[{"type":"text","text":"Hi"}]},
                ${turn("call_0", "a")},${turn("call_0_2", "b")},${turn("call_0_3", "c")}]"""
        }

        test("a call that goes back as it came and its result have one id, fit or not") {
            for ((onWire, ours) in listOf("functions.look:0" to "functions.look:0", "" to "call_0")) {
                val state = Json.parseToJsonElement("""[{"type":"tool_use","id":"$onWire","name":"look","input":{}}]""")
                val asked = Message
                    .assistant("", listOf(ToolCall(ours, "look", "{}")), "")
                    .withProviderState(ProviderState("anthropic", state))
                val fit = ours.replace('.', '_').replace(':', '_')
                turns(Message.user("Hi"), asked, Message.tool(ours, "x")) shouldBeTurns
                    """[{"role":"user","content":[{"type":"text","text":"Hi"}]},
                    {"role":"assistant","content":[{"type":"tool_use","id":"$fit","name":"look","input":{}}]},
                    {"role":"user","content":[{"type":"tool_result","tool_use_id":"$fit","content":"x"}]}]"""
            }
        }

        test("a beginning of the answer loses the space at its end, which Anthropic refuses there and only there") {
            fun turn(role: String, text: String) = """{"role":"$role","content":[{"type":"text","text":"$text"}]}"""
            turns(Message.user("Hi "), Message.assistant("So "), Message.user("Go on "), Message.assistant("Well, \n")) shouldBeTurns
                "[${turn("user", "Hi ")},${turn("assistant", "So ")},${turn("user", "Go on ")},${turn("assistant", "Well,")}]"
        }

        test("what another provider wants to see again is not for Anthropic") {
            turns(Message.user("Hi"), Message.assistant("a").withProviderState(ProviderState("openai", JsonPrimitive("x")))) shouldBeTurns
                """[{"role":"user","content":[{"type":"text","text":"Hi"}]},{"role":"assistant","content":[{"type":"text","text":"a"}]}]"""
        }

        test("images that Anthropic does not take are refused") {
            val urls = mapOf(
                "data:image/svg+xml;base64,PHN2" to "data:image/svg+xml, 5 characters",
                "data:image/png,abc" to "data:image/png, 4 characters",
                "data:;base64,iVBO" to "data:, 5 characters",
            )
            for ((url, shown) in urls) {
                val refusal = shouldThrow<NotSupportedException> { sent.client().chat { user(Part.Image(url)) } }
                refusal.message!! shouldContain "Image($shown)"
                refusal.message!! shouldContain "it must begin with data:, one of [image/jpeg, image/png"
            }
        }

        test("a conversation of the system alone is refused") {
            shouldThrow<NotSupportedException> { sent.client().chat { system("Be brief") } }.message!! shouldContain "add user("
        }
    })
