package dev.tandem.batch.scale

import dev.tandem.process.Child
import dev.tandem.process.newFolder
import dev.tandem.testing.FakeServer
import dev.tandem.testing.OpenAiReplies
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.ints.shouldBeGreaterThan
import io.kotest.matchers.ints.shouldBeLessThan
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import java.util.concurrent.ConcurrentHashMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import java.util.concurrent.atomic.AtomicInteger
import kotlin.io.path.readLines
import kotlin.io.path.writeText
import kotlin.random.Random

/** A real server, real files, and a JVM that is killed as the system kills. */
class KillSpec :
    StringSpec({
        "kill -9 at ten random moments: each item has one result, and only those in flight are sent again" {
            val folder = newFolder()
            val input = folder.resolve("in.jsonl")
            val output = folder.resolve("out.jsonl")
            input.writeText((1..ITEMS).joinToString("\n") { """{"id":"item-$it","prompt":"number $it"}""" })
            val heard = ConcurrentHashMap<String, AtomicInteger>()
            val count = AtomicInteger()
            val seed = Random.nextInt()
            val moments = Random(seed).let { random -> List(KILLS) { random.nextInt(1, ITEMS) }.sorted() }
            val gates = moments.associateWith { CountDownLatch(1) }
            FakeServer.start().use { server ->
                server.answering { request ->
                    val prompt = PROMPT
                        .find(request.body)
                        ?.groupValues
                        ?.get(1)
                        .orEmpty()
                    heard.computeIfAbsent(prompt) { AtomicInteger() }.incrementAndGet()
                    gates[count.incrementAndGet()]?.countDown()
                    OpenAiReplies.chat("re: $prompt")
                }
                val run = arrayOf(server.url, "$input", "$output", "$AT_ONCE")
                withClue("seed $seed") {
                    for (moment in moments.distinct()) {
                        Child.start(MAIN, folder, *run).use { child ->
                            gates.getValue(moment).await(PATIENCE, TimeUnit.SECONDS) shouldBe true
                            child.kill()
                        }
                    }
                    Child.start(MAIN, folder, *run).use { child -> withClue(child::said) { child.await(PATIENCE) shouldBe 0 } }
                    val results = output.readLines().map { Json.parseToJsonElement(it).jsonObject }
                    results.map { it.getValue("id").jsonPrimitive.content } shouldBe (1..ITEMS).map { "item-$it" }
                    results.map { it.getValue("text").jsonPrimitive.content } shouldBe (1..ITEMS).map { "re: number $it" }
                    heard.size shouldBe ITEMS
                    val sentAgain = heard.values.sumOf { it.get() - 1 }
                    println("$sentAgain of $ITEMS sent again by ${moments.size} kills, $AT_ONCE in flight")
                    sentAgain shouldBeLessThan KILLS * AT_ONCE + 1
                    sentAgain shouldBeGreaterThan 0
                }
            }
        }

        "a full disk ends the run, and loses nothing that was written" {
            val folder = newFolder()
            val input = folder.resolve("in.jsonl").apply { writeText((1..500).joinToString("\n") { "\"number $it\"" }) }
            val small = folder.resolve("small")
            val count = AtomicInteger()
            FakeServer.start().use { server ->
                server.answering {
                    count.incrementAndGet()
                    OpenAiReplies.chat("a".repeat(400))
                }
                // A disk of 64 KB that is there for this process only.
                val mount = "mkdir -p $small && mount -t tmpfs -o size=64k none $small && cp $small.journal $small/j 2>/dev/null; "
                val full = "\"$@\"; code=\$?; cp $small/out.jsonl.journal $folder/out.jsonl.journal; exit \$code"
                val script = listOf("unshare", "--mount", "bash", "-c", mount + full, "run")
                val child = Child.start(MAIN, folder, server.url, "$input", "$small/out.jsonl", "8", before = script)
                child.use {
                    withClue(it::said) { it.await(PATIENCE) shouldBe 3 }
                    it.said().let { said -> withClue(said) { ("make room" in said && "No space left" in said) shouldBe true } }
                }
                val written = folder.resolve("out.jsonl.journal").readLines().size - 1
                written shouldBeGreaterThan 50
                val before = count.get()
                Child.start(MAIN, folder, server.url, "$input", "$folder/out.jsonl", "8").use {
                    withClue(it::said) { it.await(PATIENCE) shouldBe 0 }
                }
                folder.resolve("out.jsonl").readLines().size shouldBe 500
                count.get() - before shouldBe 500 - written
            }
        }
    })

private const val MAIN = "dev.tandem.batch.scale.FileRunKt"
private const val ITEMS = 5_000
private const val KILLS = 10
private const val AT_ONCE = 8
private const val PATIENCE = 120L
private val PROMPT = Regex("\"content\":\"([^\"]*)\"")
