package dev.tandem.testing

import dev.tandem.AiClient
import dev.tandem.model.ChatResponse
import dev.tandem.model.FinishReason.Kind
import dev.tandem.model.Message
import dev.tandem.model.Role
import dev.tandem.resilience.RetryPolicy
import dev.tandem.testing.Conversation.Companion.ANSWER
import dev.tandem.testing.Conversation.Companion.ARGUMENTS
import dev.tandem.testing.Conversation.Companion.RESULT
import dev.tandem.testing.Conversation.Companion.TOOL
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json

/** One conversation, the same for the user and for the model, whoever provides it. */
class ConversationSpec :
    FunSpec({
        val server = autoClose(FakeServer.start())
        val clients = Speakers.ALL.associateWith {
            autoClose(
                AiClient(it.dialect.provider(server, "sk-test")) { retry = RetryPolicy.NONE },
            )
        }

        /** [model] gets the whole conversation so far with [said] at its end, and replies with [reply]. */
        suspend fun Conversation.proceed(model: Speaker, reply: Speaker.Said, vararg said: Message): Pair<ChatResponse, Heard> {
            server.enqueue(formOf(reply))
            return proceed(clients.getValue(model), *said) to model.heard(server.requests.last())
        }

        suspend fun hold(conversation: Conversation, first: Speaker, second: Speaker) {
            val (asked, heardFirst) = conversation.proceed(first, first.call)
            heardFirst shouldBe Conversation.heard(null, null, null)
            asked.finishReason.kind shouldBe Kind.TOOL_CALLS
            val call = asked.toolCalls.single()
            call.name shouldBe TOOL
            Json.parseToJsonElement(call.arguments) shouldBe Json.parseToJsonElement(ARGUMENTS)

            val (answered, heardThen) = conversation.proceed(second, second.answer, Message.tool(call.id, RESULT))
            val link = heardThen.call.shouldNotBeNull().link
            val result = Heard.Result(link, RESULT)
            heardThen shouldBe Conversation.heard(Conversation.callWith(link), result, null)
            answered.text shouldBe ANSWER
            answered.message.role shouldBe Role.ASSISTANT
            answered.finishReason.isNatural shouldBe true
            answered.toolCalls shouldBe emptyList()

            val (_, heardLast) = conversation.proceed(first, first.answer, Message.user("Sure?"))
            heardLast.call shouldBe heardLast.result?.let { Conversation.callWith(it.link) }
            heardLast.result?.text shouldBe RESULT
            heardLast.answer shouldBe ANSWER
        }

        for (speaker in Speakers.ALL) {
            test("$speaker, whole") { hold(Conversation(isStreamed = false), speaker, speaker) }
            test("$speaker, streamed") { hold(Conversation(isStreamed = true), speaker, speaker) }
        }

        // What the one wants to see again is not for the other.
        for (first in Speakers.ALL) {
            for (second in Speakers.ALL - first) {
                test("begun with $first, answered by $second, gone on with $first") {
                    hold(Conversation(isStreamed = false), first, second)
                    hold(Conversation(isStreamed = true), first, second)
                }
            }
        }
    })
