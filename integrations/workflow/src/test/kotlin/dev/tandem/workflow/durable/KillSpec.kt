package dev.tandem.workflow.durable

import dev.tandem.AiClient
import dev.tandem.process.Child
import dev.tandem.process.newFolder
import dev.tandem.provider.openai.OpenAi
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import java.nio.file.Path
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.io.path.exists
import kotlin.io.path.readLines
import kotlin.io.path.readText
import kotlin.random.Random

/** A real server, real files, and a JVM that is killed as the system kills. */
class KillSpec :
    StringSpec({
        "kill -9 at ten random moments of fifty nodes: nothing finished is done again, and the result is as ever" {
            val folder = newFolder()
            val journal = folder.resolve("run.journal")
            val output = folder.resolve("out.txt")
            val heard = ConcurrentHashMap<String, AtomicInteger>()
            val seed = Random.nextInt()
            val moments = Random(seed).let { random -> List(KILLS) { random.nextInt(AT_ONCE, NODES) }.distinct().sorted() }
            val gates = moments.associateWith { CountDownLatch(1) }
            FakeServer.start().use { server ->
                server.answering { request ->
                    val prompt = checkNotNull(PROMPT.find(request.body)).groupValues
                    heard.computeIfAbsent("n${prompt[2]}") { AtomicInteger() }.incrementAndGet()
                    // Several come at once, and each may see more than itself.
                    val count = heard.size
                    gates.forEach { (moment, gate) -> if (moment <= count) gate.countDown() }
                    OpenAiReplies.chat("${prompt[2]}:${prompt[1].hashCode().toUInt().toString(16)}")
                }
                withClue("seed $seed") {
                    // How often each was heard when it was seen to be finished.
                    val finished = HashMap<String, Int>()
                    moments.forEachIndexed { kill, moment ->
                        Child.start(MAIN, folder, server.url, "$journal", "$output").use { child ->
                            gates.getValue(moment).await(PATIENCE, TimeUnit.SECONDS) shouldBe true
                            child.kill()
                        }
                        for (name in finishedIn(journal) - finished.keys) {
                            finished[name] = heard.getValue(name).get()
                            // Once by each process at the most.
                            withClue(name) { heard.getValue(name).get() shouldBeLessThanOrEqual kill + 1 }
                        }
                    }
                    Child.start(MAIN, folder, server.url, "$journal", "$output").use { child ->
                        withClue(child::said) { child.await(PATIENCE) shouldBe 0 }
                    }
                    finished.forEach { (name, times) -> withClue(name) { heard.getValue(name).get() shouldBe times } }
                    heard.size shouldBe NODES
                    val again = heard.values.sumOf { it.get() - 1 }
                    println(
                        "$again of $NODES nodes asked again by ${moments.size} kills, ${finished.size} were finished at the last of them",
                    )
                    again shouldBeGreaterThan 0
                    finished.size shouldBeGreaterThan 0
                    heard.forEach { (name, times) -> withClue(name) { times.get() shouldBeLessThanOrEqual moments.size + 1 } }
                    val undisturbed = AiClient(
                        OpenAi.compatible(server.url),
                    ) { model = "m-1" }.use { outputsOf(it, folder.resolve("other.journal")) }
                    output.readText() shouldBe undisturbed
                }
            }
        }
    })

private fun finishedIn(journal: Path): List<String> =
    if (journal.exists()) journal.readLines().mapNotNull { STEP.find(it)?.groupValues?.get(1) } else emptyList()

private const val MAIN = "dev.tandem.workflow.durable.JournaledRunKt"
private const val NODES = 50
private const val KILLS = 10
private const val AT_ONCE = 4
private const val PATIENCE = 120L
private val PROMPT = Regex("\"content\":\"(node (\\d+) after [^\"]*)\"")
private val STEP = Regex("^\\{\"step\":\"node\\.(n\\d+)#.*\"}$")
