package dev.tandem.llama

import dev.tandem.model.options
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.collections.shouldHaveSize
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe

class SamplingSpec :
    FunSpec({
        fun wild(seed: Long?) = options {
            temperature = 2.0
            topK = 200
            topP = 1.0
            this.seed = seed
        }

        test("the same seed gives the same answer, however high the temperature") {
            pebble { ai -> List(5) { ai.generate("Tell me of the sea and the stars.", wild(42)) }.toSet() shouldHaveSize 1 }
        }

        test("without a seed the answers differ") {
            pebble { ai -> List(5) { ai.generate("Tell me of the sea and the stars.", wild(null)) }.toSet().size shouldBeGreaterThan 1 }
        }

        test("topK of one takes the likeliest token at any temperature") {
            val narrow = options {
                temperature = 2.0
                topK = 1
            }
            pebble { ai -> ai.generate("What is a coroutine?", narrow) shouldBe COROUTINE }
        }

        test("penalties change what is said") {
            val averse = options {
                frequencyPenalty = 2.0
                presencePenalty = 2.0
            }
            pebble { ai -> ai.generate("What is a coroutine?", averse) shouldNotBe COROUTINE }
        }
    })
