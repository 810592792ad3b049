package dev.tandem.provider.json

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.comparables.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlin.time.Duration.Companion.seconds
import kotlin.time.measureTime

class StrictJsonSpec :
    FunSpec({
        fun manyNames(more: String = "") = (100_000..160_000).joinToString(",", "{", "$more}") { "\"$it\":0" }

        test("an object of many names takes no longer than a list") {
            measureTime { StrictJson.problemOf(manyNames()) shouldBe null } shouldBeLessThan 2.seconds
        }

        test("a name that comes twice is found among many, first and last") {
            StrictJson.problemOf(manyNames(""","100000":1""")).orEmpty() shouldContain "\"100000\" comes twice"
            StrictJson.problemOf(manyNames(""","160000":1""")).orEmpty() shouldContain "\"160000\" comes twice"
            StrictJson.problemOf("""{"a":{"a":1},"b":[{"a":1},{"a":1}]}""") shouldBe null
        }
    })
