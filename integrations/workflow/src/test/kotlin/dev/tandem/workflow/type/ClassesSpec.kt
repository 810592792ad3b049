package dev.tandem.workflow.type

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.FailurePolicy
import dev.tandem.workflow.Model
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.WorkflowInputs
import dev.tandem.workflow.agent
import dev.tandem.workflow.executorOf
import dev.tandem.workflow.join
import dev.tandem.workflow.map
import dev.tandem.workflow.run.WorkflowResult
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.nulls.shouldBeNull
import io.kotest.matchers.nulls.shouldNotBeNull
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import kotlinx.coroutines.test.runTest
import kotlinx.serialization.SerialName
import kotlinx.serialization.Serializable

/** Of serializable classes. Those of Java are tested where they are known. */
class ClassesSpec :
    StringSpec({
        val oslo = City("Oslo", 717_710)

        suspend fun of(value: Any?): WorkflowResult = executorOf().execute(workflow("w") { transform("a") { value } })

        "functions give what is serializable, also within lists and maps" {
            runTest {
                of(oslo).nodeText("a") shouldBe """{"name":"Oslo","people":717710}"""
                of(mapOf("all" to listOf(oslo, 1, null))).nodeText("a") shouldBe """{"all":[{"name":"Oslo","people":717710},1,null]}"""
                of(Any())
                    .failures
                    .single()
                    .error
                    .shouldNotBeNull()
                    .message shouldContain "cannot be sent as JSON"
            }
        }

        "and take it: outputs, inputs and items" {
            runTest {
                val flow = workflow("w") {
                    val first = transform("first") { it.inputAs<City>("home")?.copy(name = "Bergen") }
                    val each = TransformNode.of("each") { it.itemAs<City>()?.name }
                    val names = map("names", each, first) { over = "{{input.all}}" }
                    transform("last", names) { it.outputAs<City>("first")?.people }
                    transform("end", names) { inputs -> inputs.outputAs<List<String>>("names")?.size }
                }
                val result = executorOf().execute(flow, mapOf("home" to oslo, "all" to listOf(oslo, oslo)))
                result.nodeAs<City>("first") shouldBe City("Bergen", 717_710)
                result.nodeAs("first", City::class.java) shouldBe City("Bergen", 717_710)
                result.nodeAs<List<String>>("names") shouldBe listOf("Oslo", "Oslo")
                result.variableAs<Int>("end") shouldBe 2
                result.variableAs<City>("home") shouldBe oslo
                result.nodeAs<City>("nobody").shouldBeNull()
                result.allNodeTexts["end"] shouldBe "2"
                result.allVariableTexts["home"] shouldBe """{"name":"Oslo","people":717710}"""
            }
        }

        "one value has all inputs" {
            runTest {
                val flow = workflow("w") { agent("a") { prompt = "{{input.name}} {{input.people}}" } }
                executorOf().execute(flow, WorkflowInputs.of(oslo)).nodeText("a") shouldBe "re: Oslo 717710"
                shouldThrow<IllegalArgumentException> { WorkflowInputs.of(listOf(1)) }.message shouldContain "inputs have names"
            }
        }

        "a text that is JSON is read as what it says" {
            runTest {
                val flow = workflow("w") { agent("a") { prompt = "x" } }
                val fenced = Model { "```json\n{\"name\":\"Oslo\",\"people\":717710}\n```" }
                val result = executorOf(fenced).execute(flow)
                result.nodeAs<City>("a") shouldBe oslo
                result.nodeAs<String>("a") shouldContain "```json"
                shouldThrow<IllegalArgumentException> { result.nodeAs<Int>("a") }.message shouldContain "the output of 'a' is no "
            }
        }

        "an agent answers as a class says, and a fallback may be of it" {
            runTest {
                val answering = AgentNode
                    .builder("a")
                    .prompt("x")
                    .answer(City::class.java)
                    .build()
                val flow = workflow("w") {
                    add(answering)
                    agent("b") {
                        prompt = "bad"
                        onFailure = FailurePolicy.fallback(oslo)
                    }
                    join("c")
                }
                val model = Model { if (it.messages.last().text == "bad") error("no") else """{"name":"Oslo","people":717710}""" }
                val result = executorOf(model).execute(flow)
                result.nodeAs<City>("a") shouldBe oslo
                result.nodeAs<City>("b") shouldBe oslo
            }
        }

        "what nobody knows is refused, with what would know it" {
            val error = shouldThrow<IllegalArgumentException> { AgentNode.builder("a").answer(Thread::class.java) }
            error.message shouldContain "java.lang.Thread cannot be read: mark it @Serializable, or have tandem-java on the class path"
        }
    }) {
    @Serializable
    private data class City(
        @SerialName("name") val name: String,
        @SerialName("people") val people: Int,
    )
}
