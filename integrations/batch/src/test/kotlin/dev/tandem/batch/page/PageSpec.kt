package dev.tandem.batch.page

import dev.tandem.AiClient
import dev.tandem.batch.BatchTask
import dev.tandem.batch.batch
import dev.tandem.batch.completeBatch
import dev.tandem.process.newFolder
import dev.tandem.structured.answerType
import dev.tandem.testing.script.ScriptedModel
import dev.tandem.testing.script.ScriptedReply
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.collections.shouldContainExactlyInAnyOrder
import io.kotest.matchers.shouldBe
import kotlinx.coroutines.flow.toList
import kotlinx.serialization.Serializable
import kotlin.io.path.div

@Serializable
private data class City(val name: String)

private class Human(val name: String)

/** The Kotlin of docs/batches.md. */
class PageSpec :
    StringSpec({
        "three ways" {
            val folder = newFolder()
            val prompts = listOf("one", "two")
            val people = listOf(Human("Anna"))
            val lines = mutableListOf<String>()

            fun println(line: Any?) = lines.add(line.toString())

            val model = ScriptedModel.answering { request ->
                val prompt = request.messages.last { it.text.isNotEmpty() }.text
                ScriptedReply.text(if ("Anna" in prompt) """{"name":"Oslo"}""" else "re: $prompt")
            }
            AiClient(model).use { ai ->
                ai
                    .batch(prompts) {
                        concurrency = 100
                        journal = folder / "run.journal"
                    }.collect { println(it.valueOrNull ?: it.errorOrNull) }
                val texts = ai.completeBatch(prompts) // a list in, a list out, in order
                val cities =
                    ai.batch(people, BatchTask.extract(answerType<City>()).from { "Where does ${it.name} live?" }) { ordered = true }
                texts.map { it.orThrow() } shouldContainExactly listOf("re: one", "re: two")
                cities.toList().single().valueOrNull shouldBe City("Oslo")
            }
            lines shouldContainExactlyInAnyOrder listOf("re: one", "re: two")
        }
    })
