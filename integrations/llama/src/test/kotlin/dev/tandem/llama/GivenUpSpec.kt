package dev.tandem.llama

import dev.tandem.model.ChatEvent
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.first

class GivenUpSpec :
    FunSpec({
        test("200 answers that follow one given up are word for word right") {
            pebble { ai ->
                repeat(200) {
                    ai.stream("Write a haiku.").first { it is ChatEvent.Text }
                    ai.generate("What is a coroutine?") shouldBe COROUTINE
                }
            }
        }
    })
