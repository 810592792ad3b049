package dev.tandem.conversation

import dev.tandem.tool.Script
import dev.tandem.tool.clientOf
import dev.tandem.tool.says
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe

/** The Kotlin of docs/conversations.md. */
class PageSpec :
    StringSpec({
        "a talk" {
            val said = StringBuilder()

            fun print(text: String) = said.append(text)

            val ai = clientOf(Script({ says("A small thing.") }, { says("A larger one.") }))
            val talk = Conversation.of(ai)
            talk.say("What is a coroutine?")
            talk.streamText("And a virtual thread?").collect { print(it) }
            said.toString() shouldBe "A larger one."
        }
    })
