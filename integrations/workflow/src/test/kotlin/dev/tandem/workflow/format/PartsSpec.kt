package dev.tandem.workflow.format

import dev.tandem.model.Options
import dev.tandem.model.ToolPolicy
import dev.tandem.resilience.RetryPolicy
import dev.tandem.structured.answerType
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.ApprovalNode
import dev.tandem.workflow.ConditionNode
import dev.tandem.workflow.Connection
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.HttpNode
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.MapNode
import dev.tandem.workflow.Node
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.TransformNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.format.FormatProblem.Kind
import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.types.shouldBeSameInstanceAs
import kotlinx.serialization.json.JsonPrimitive
import kotlin.time.Duration.Companion.microseconds
import kotlin.time.Duration.Companion.seconds

/** What is code: by its name in a file, or not at all. */
class PartsSpec :
    StringSpec({
        fun workflowOf(node: Node) = Workflow
            .builder("w")
            .add(node)
            .add(JoinNode.of("z"))
            .build()

        fun agentOf(build: AgentNode.Builder.() -> Unit) = AgentNode
            .builder("a")
            .prompt("x")
            .apply(build)
            .build()

        fun refused(node: Node, files: WorkflowFiles = WorkflowFiles.of()): String {
            val problem = shouldThrow<WorkflowFormatException> { files.toYaml(workflowOf(node)) }.problems.single()
            problem.kind shouldBe Kind.NOT_WRITABLE
            return problem.toString()
        }

        val patient = RetryPolicy.builder().retryIf { true }.build()
        val asking = ToolPolicy.builder().approval { "no" }.build()

        "policies with code need a name" {
            refused(agentOf { retry = patient }) shouldBe
                "nodes[0].retry: has a retryIf, which is code: give the policy to WorkflowParts by retry(\"a name\", policy)"
            refused(agentOf { options { toolPolicy = asking } }) shouldBe
                "nodes[0].options.toolPolicy: has an approval, which is code: give the policy to WorkflowParts by toolPolicy(\"a name\", policy)"
        }

        "policies with a name are the very same ones" {
            val files = WorkflowFiles.of(
                WorkflowParts
                    .builder()
                    .retry("patient", patient)
                    .toolPolicy("asking", asking)
                    .build(),
            )
            val yaml = files.toYaml(workflowOf(agentOf { retry(patient).options { toolPolicy = asking } }))
            yaml shouldContain "retry: patient"
            yaml shouldContain "toolPolicy: asking"
            val agent = files.fromYaml(yaml).node("a") as AgentNode
            agent.retry shouldBeSameInstanceAs patient
            agent.options.toolPolicy shouldBeSameInstanceAs asking
        }

        "answers go by their own name, or by the one they were given" {
            val numbers = answerType<List<Int>>()
            val words = answerType<List<String>>()
            val agent = agentOf { answer(words) }
            WorkflowFiles.of().toYaml(workflowOf(agent)) shouldContain "answer: answer\n"
            val both = WorkflowFiles.of(
                WorkflowParts
                    .builder()
                    .answer(numbers)
                    .answer("words", words)
                    .build(),
            )
            both.toYaml(workflowOf(agent)) shouldContain "answer: words\n"
            (both.fromYaml(both.toYaml(workflowOf(agent))).node("a") as AgentNode).answer shouldBeSameInstanceAs words
            refused(agent, WorkflowFiles.of(WorkflowParts.builder().answer(numbers).build())) shouldContain
                "nodes[0].answer: WorkflowParts has another answer named 'answer'"
        }

        "functions are found by the names that nodes have for them" {
            val files = WorkflowFiles.of(WorkflowParts.builder().function("clean") { "clean" }.build())
            val node = TransformNode.builder("a").functionName("clean").build { "dirty" }
            val read = files.fromJson(files.toJson(workflowOf(node))).node("a") as TransformNode
            read.functionName shouldBe "clean"
        }

        "what no number of milliseconds can say" {
            refused(agentOf { retry = RetryPolicy.builder().apply { firstPause = 1500.microseconds }.build() }) shouldBe
                "nodes[0].retry.firstPauseMillis: is 1.5ms: give it whole milliseconds"
            refused(agentOf { options { timeout = 1.seconds + 1.microseconds } }) shouldContain
                "nodes[0].options.timersMillis.total: is 1.000001s"
        }

        "what is no JSON, and what is no UTF-8" {
            refused(agentOf { options { extra("a", JsonPrimitive(Double.NaN)) } }) shouldContain "nodes[0].options.extra.a: NaN is no JSON"
            refused(agentOf { prompt("half: \ud83d") }) shouldBe
                "nodes[0].prompt: holds half a character of two, which UTF-8 has no word for"
        }

        "a branch that is never taken" {
            val node = ConditionNode
                .builder("a")
                .on("x")
                .branch("v", "z")
                .branch("v", "z")
                .build()
            refused(node) shouldBe
                "nodes[0].cases: the value 'v' has two branches, of which the first is always taken: leave out the other one"
        }

        "two parts of one name" {
            shouldThrow<IllegalArgumentException> { WorkflowParts.builder().function("f") { "" }.function("f") { "" } }
                .message shouldBe "there are two parts of the kind function named 'f': rename one of them"
        }

        "the order of connections is kept: what comes before a node is told by it" {
            val workflow = Workflow
                .builder("w")
                .apply {
                    listOf("a", "b", "z").forEach { add(JoinNode.of(it)) }
                    connect("b", "z").connect("a", "z")
                }.build()
            for (copy in listOf(WorkflowFiles.of().fromYaml(WorkflowFiles.of().toYaml(workflow)), workflow.newBuilder().build())) {
                copy.graph.parentsOf(2).toList() shouldBe listOf(1, 0)
                copy.connections shouldBe listOf(Connection("a", "z"), Connection("b", "z"))
            }
        }

        "whoever adds a setting to nodes adds it to files" {
            val known = mapOf(
                Node::class.java to "after id kind name onFailure outputName retry timeoutMillis",
                AgentNode::class.java to "answer client kind options prompt system",
                TransformNode::class.java to "functionName kind",
                ConditionNode::class.java to "cases functionName kind on otherwise",
                MapNode::class.java to "concurrency each kind over",
                JoinNode::class.java to "isTolerant kind",
                DelayNode::class.java to "kind millis",
                ApprovalNode::class.java to "kind question",
                HttpNode::class.java to "body headers kind maxBytes method url",
                SubWorkflowNode::class.java to "inputs kind workflow",
                Workflow::class.java to "connections inputs name nodeCount nodes",
            )
            for ((type, names) in known) {
                val found = type.declaredMethods.map { it.name }.filter {
                    '$' !in it &&
                        ((it.startsWith("get") && it != "get") || it.startsWith("is"))
                }
                found
                    .map { it.removePrefix("get").replaceFirstChar(Char::lowercase) }
                    .distinct()
                    .sorted()
                    .joinToString(" ") shouldBe names
            }
            // Options are compared with what was written of them, each time.
            Options.NONE.toString() shouldBe "Options()"
        }
    })
