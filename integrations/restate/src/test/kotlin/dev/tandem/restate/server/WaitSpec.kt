package dev.tandem.restate.server

import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.longs.shouldBeGreaterThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain

class WaitSpec :
    StringSpec({
        "a pause ends when it was to end, however often the process dies" {
            House().use { house ->
                withClue(house::said) {
                    val invocation = house.restate.start("Pause", "nap", "3000")
                    house.referee.next().name shouldBe "heard witness"
                    val end = house.restate.wakeUp(invocation)
                    house.killProgram()
                    house.startProgram()
                    house.referee.next().name shouldBe "heard witness"
                    house.restate.wakeUp(invocation) shouldBe end
                    house.killProgram()
                    house.startProgram()
                    house.restate
                        .result("Pause", "nap")
                        .ok()
                        .trim('"')
                        .toLong() shouldBeGreaterThanOrEqual 3_000L
                }
            }
        }

        "somebody answers while the process is dead" {
            House().use { house ->
                withClue(house::said) {
                    house.restate.start("Article", "cats", "\"cats\"")
                    house.referee.next().name shouldBe "heard witness"
                    house.killProgram()
                    house.restate.answerLater("Article", "cats", """{"name":"approval","value":{"isApproved":true,"by":"Ann"}}""")
                    house.startProgram()
                    house.restate.result("Article", "cats").ok() shouldBe "\"on cats, approved by Ann\""
                    Effects.of(house.effects) shouldBe listOf("draft", "publish")
                }
            }
        }

        "a workflow that only waits is put aside, with nothing of it in memory, and goes on with the answer" {
            House().use { house ->
                withClue(house::said) {
                    house.restate.start("Article", "dogs", "\"dogs\"")
                    house.referee.next().name shouldBe "heard witness"
                    house.awaitProgram { "Invocation suspended" in it }
                    val answer = """{"name":"approval","value":{"isApproved":true,"by":"Bob"}}"""
                    house.restate.answer("Article", "dogs", answer).status shouldBe 200
                    house.restate.result("Article", "dogs").ok() shouldBe "\"on dogs, approved by Bob\""
                    Effects.of(house.effects) shouldBe listOf("draft", "publish")

                    house.restate.answer("Article", "dogs", answer).status shouldBe 409
                    house.restate.answer("Article", "birds", """{"approval":true}""").status shouldBe 400
                    // Before anybody asks.
                    house.restate.answer("Article", "fish", answer).status shouldBe 200
                    house.restate.start("Article", "fish", "\"fish\"")
                    house.restate.result("Article", "fish").body shouldContain "Bob"
                }
            }
        }
    })
