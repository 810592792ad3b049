package dev.tandem.workflow.durable

import dev.tandem.AiClient
import dev.tandem.provider.openai.OpenAi
import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.run.WorkflowExecutor
import kotlinx.coroutines.runBlocking
import java.nio.file.Path
import kotlin.io.path.Path
import kotlin.io.path.writeText
import kotlin.random.Random

/** Runs a workflow of fifty nodes against the server at the first argument, with the journal at the second, and writes its outputs to the third. */
fun main(arguments: Array<String>) {
    val (url, journal, output) = arguments
    AiClient(OpenAi.compatible(url)) { model = "m-1" }.use { ai ->
        val outputs = runBlocking { outputsOf(ai, Path(journal)) }
        Path(output).writeText(outputs)
    }
}

internal suspend fun outputsOf(ai: AiClient, journal: Path): String = JournalSteps.open(journal).use { steps ->
    WorkflowExecutor.builder(ai).settings { concurrency = 4 }.build().use { executor ->
        val result = executor.execute(fiftyNodes(), emptyMap(), steps).orThrow()
        result.nodes.sortedBy { it.name }.joinToString("\n") { "${it.name}=${it.output}" }
    }
}

/** Each after up to three of those before it, always the same. */
internal fun fiftyNodes(): Workflow {
    val random = Random(7)
    return Workflow
        .builder("fifty")
        .apply {
            for (i in 0 until 50) {
                val parents = (0 until i).shuffled(random).take(random.nextInt(4)).map { "n$it" }
                val mentions = parents.joinToString(" ") { "{{node.$it}}" }
                add(
                    AgentNode
                        .builder("n$i")
                        .prompt("node $i after [$mentions]")
                        .after(*parents.toTypedArray())
                        .build(),
                )
            }
        }.build()
}
