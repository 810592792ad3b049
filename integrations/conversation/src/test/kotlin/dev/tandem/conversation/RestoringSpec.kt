package dev.tandem.conversation

import dev.tandem.model.ChatResponse
import dev.tandem.model.Message
import dev.tandem.tool.Script
import dev.tandem.tool.clientOf
import dev.tandem.tool.says
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.test.runTest

class RestoringSpec :
    FunSpec({
        val client = clientOf(Script(*Array<suspend Script.() -> ChatResponse>(9) { { says("answer ${heard.size}") } }))

        fun talk(build: Conversation.Builder.() -> Unit) = Conversation.builder(client).apply(build).build()

        fun Conversation.texts() = messages.map { it.text }

        val summary = Message.system("Summary of the conversation so far:\nshort")

        test("a handler that sets its system message for each request has it once, as it is now") {
            runTest {
                var saved = talk { system("Be brief") }.toJson()
                for (i in 1..3) {
                    val talk = talk { system("Be brief $i").restore(saved) }
                    talk.say("Question $i")
                    saved = talk.toJson()
                }
                talk { restore(saved) }.texts().filter { "brief" in it } shouldContainExactly listOf("Be brief 3")
            }
        }

        test("it comes before all else, whatever is set first, and summaries and later system messages stay") {
            val rest = listOf(summary, Message.user("Hi"), Message.system("Now be long"), Message.user("Ho"))
            val saved = talk { messages(listOf(Message.system("Be brief")) + rest) }.toJson()
            for (again in listOf(talk { system("Be kind").restore(saved) }, talk { restore(saved).system("Be kind") })) {
                again.messages shouldContainExactly listOf(Message.system("Be kind")) + rest
            }
            talk { restore(saved) }.texts().first() shouldBe "Be brief"
        }

        test("system messages that the caller gives besides stay") {
            val saved = talk { system("Be brief") }.toJson()
            val more = listOf(Message.system("It is Monday"))
            talk { messages(more).restore(saved).system("Be kind") }.texts() shouldContainExactly listOf("Be kind", "It is Monday")
            talk { messages(more).restore(saved) }.texts() shouldContainExactly listOf("It is Monday", "Be brief")
        }

        test("it is the same conversation to whoever chooses among targets, unless told otherwise") {
            runTest {
                val script = Script({ says("a") }, { says("b") }, { says("c") }, { says("d") })
                val ai = clientOf(script)
                val talk = Conversation.of(ai)
                talk.say("One")
                Conversation
                    .builder(ai)
                    .restore(talk.toJson())
                    .build()
                    .say("Two")
                Conversation
                    .builder(ai)
                    .conversation("mine")
                    .restore(talk.toJson())
                    .build()
                    .say("Three")
                Conversation.of(ai).say("Four")
                val (first, second, third, fourth) = script.heard.map { it.options.conversation }
                second shouldBe first
                third shouldBe "mine"
                fourth shouldNotBe first
            }
        }

        test("what was saved before conversations had ids is read, and gets one") {
            val old =
                """{"tandem-conversation":1,"messages":[{"role":"user","parts":[{"text":"Hi"}]}],"usage":[1,2,0,0,0]}"""
            val talk = talk { restore(old) }
            talk.texts() shouldContainExactly listOf("Hi")
            talk.toJson() shouldContain "conversation-"
            shouldThrow<IllegalArgumentException> { talk { restore(old.replace("\"usage\"", "\"id\":[],\"usage\"")) } }
        }
    })
