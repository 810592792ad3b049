package dev.tandem.provider.openai

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

class ReturnedStateSpec :
    FunSpec({
        test("a long thought takes no longer, piece by piece, than a short one") {
            val state = ReturnedState(OpenAiDialect.OPENAI)
            val piece = Json.parseToJsonElement("""[{"type":"reasoning.text","text":"0123456789","index":0}]""").jsonArray
            measureTime { repeat(300_000) { state.details(piece) } } shouldBeLessThan 5.seconds
            state.toState()!!.json.toString() shouldBe
                """{"reasoning_details":[{"type":"reasoning.text","text":"${"0123456789".repeat(300_000)}","index":0}]}"""
        }
    })
