package dev.tandem.workflow.drawing

import dev.tandem.model.Usage
import dev.tandem.workflow.format.RandomText
import dev.tandem.workflow.run.Execution
import dev.tandem.workflow.run.NodeRecord
import dev.tandem.workflow.run.NodeState
import dev.tandem.workflow.run.RunState
import dev.tandem.workflow.run.SkipReason
import dev.tandem.workflow.run.WorkflowResult
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.doubles.shouldBeLessThan
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import org.w3c.dom.Element
import java.io.IOException
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.random.Random

class TimelineSpec :
    StringSpec({
        val begin = 1_700_000_000_000

        fun call(at: Long, millis: Long, error: String? = null) = Execution(begin + at, millis, error)

        fun record(name: String, kind: String, vararg calls: Execution, error: Throwable? = null, skipped: SkipReason? = null) = NodeRecord(
            name = name,
            kind = kind,
            state = if (skipped != null) {
                NodeState.SKIPPED
            } else if (error != null) {
                NodeState.FAILED
            } else {
                NodeState.COMPLETED
            },
            input = null,
            output = null,
            error = error,
            skipReason = skipped,
            timeline = calls.toList(),
            span = null,
            usage = Usage.of(10, 5),
            toolCalls = emptyList(),
            modelCalls = emptyList(),
            isResumed = false,
        )

        fun resultOf(name: String, vararg nodes: NodeRecord) =
            WorkflowResult("run", name, RunState.COMPLETED, null, 2_500, nodes.toList(), emptyMap(), emptyMap())

        val result = resultOf(
            "triage",
            record("clean", "transform", call(0, 100)),
            record("kind", "agent", call(100, 400, "busy"), call(700, 300)),
            record("post", "http", call(1_000, 500, "503"), error = IOException("HTTP 503 <down> & out")),
            record("wait", "delay", call(1_000, 1_500)),
            record("thanks", "agent", skipped = SkipReason.NOT_CHOSEN),
            record("tell", "agent", skipped = SkipReason.FAILED_BEFORE),
        )

        "Mermaid: each node a bar by the clock, attempts where there were several, failures marked, the others named" {
            Timeline.mermaid(result) shouldBe
                """
                gantt
                    title triage, completed in 2#46;5 s
                    dateFormat x
                    axisFormat %S.%L s
                    section Nodes
                    clean, 100 ms :n0, 1700000000000, 1700000000100
                    kind, 900 ms, 2 attempts :n1, 1700000000100, 1700000001000
                    kind, attempt 1, 400 ms :crit, n1_0, 1700000000100, 1700000000500
                    kind, attempt 2, 300 ms :n1_1, 1700000000700, 1700000001000
                    post, 500 ms, failed#58; HTTP 503 #60;down#62; #38; out :crit, n2, 1700000001000, 1700000001500
                    wait, 1#46;5 s :done, n3, 1700000001000, 1700000002500
                    section Not chosen
                    thanks :milestone, o0_0, 1700000002500, 1700000002501
                    section Not run, since a node before has failed
                    tell :milestone, o1_0, 1700000002500, 1700000002501

                """.trimIndent()
        }

        "names that mean something to Mermaid mean nothing" {
            for (name in listOf("section x", "title: x", "2024-01-01", "click a", "gantt")) {
                Timeline.mermaid(resultOf("w", record(name, "agent", call(0, 5)))) shouldContain "\n    #${name[0].code};"
            }
            Timeline.mermaid(resultOf("w", record("a:b;#c", "agent", call(0, 5)))) shouldContain "    a#58;b#59;#35;c, 5 ms :n0"
        }

        "a picture has a bar for each attempt, at its time" {
            val svg = parsed(Timeline.svg(result))
            val boxes = svg.all("rect").filter { it.getAttribute("class") in setOf("done", "failed", "wait") }
            boxes.map { it.getAttribute("class") } shouldBe listOf("done", "failed", "done", "failed", "wait")
            val lefts = boxes.map { it.getAttribute("x").toDouble() }
            lefts.sorted() shouldBe lefts
            val (clean, first, second) = boxes
            // 100 ms are as wide everywhere, and nothing begins before the one before it ends.
            val inHundred = clean.number("width")
            first.number("width") / inHundred - 4 shouldBeLessThan 0.05
            second.number("x") - clean.number("x") - 7 * inHundred shouldBeLessThan 0.5
        }

        "a picture tells what there is to tell, escaped, and needs nothing else" {
            val text = Timeline.svg(result)
            val words = parsed(text).all("text").map { it.textContent }
            words.take(2) shouldBe listOf("triage", "completed in 2.5 s · 6 nodes · 1 failure · 1 retry · 90 tokens")
            listOf("0", "500 ms", "1 s", "2.5 s", "900 ms, 2 attempts", "Not chosen (1)", "thanks", "tell").forEach {
                (it in words) shouldBe
                    true
            }
            words.any { it.startsWith("500 ms, failed: HTTP 503 <down>") } shouldBe true
            text shouldContain "class=\"cross\""
            text.replace("http://www.w3.org/2000/svg", "") shouldNotContain "http:"
            listOf("<script", "<image", "href", "@import", "<foreignObject").forEach { text shouldNotContain it }
        }

        "a run without a bar, and a run of one that took no time" {
            parsed(Timeline.svg(resultOf("none"))).all("text").map { it.textContent }.first() shouldBe "none"
            parsed(Timeline.svg(resultOf("one", record("a", "join", call(0, 0))))).all("text").map { it.textContent } shouldContainAll
                listOf("a", "0 ms")
            Timeline.mermaid(resultOf("one", record("a", "join", call(0, 0)))) shouldContain "n0, 1700000000000, 1700000000001"
        }

        "five hundred nodes, and texts of all sorts" {
            repeat(30) {
                val seed = Random.nextLong()
                val random = Random(seed)
                val text = RandomText(random)
                val nodes = List(random.nextInt(1, 500)) { i ->
                    val calls = Array(random.nextInt(4)) { call(random.nextLong(100_000_000), random.nextLong(5_000), text.any()) }
                    val error = if (random.nextInt(4) == 0) IOException(text.any()) else null
                    record(text.name() + i, listOf("agent", "map", "delay").random(random), *calls, error = error)
                }
                withClue("seed $seed") {
                    val svg = parsed(Timeline.svg(resultOf(text.name(), *nodes.toTypedArray())))
                    svg.all("g").size shouldBe nodes.count { it.startedAtMillis != null }
                    svg.all("rect").forEach { it.number("x") + it.number("width") shouldBeLessThan 961.0 }
                }
            }
        }

        "durations as people say them" {
            mapOf(
                0L to "0 ms",
                999L to "999 ms",
                1_000L to "1 s",
                1_240L to "1.24 s",
                12_449L to "12.4 s",
                59_999L to "59.9 s",
                60_000L to "1 min",
            ).forEach { (millis, words) -> Labels.duration(millis) shouldBe words }
            mapOf(125_000L to "2 min 5 s", 3_840_000L to "1 h 4 min", 183_600_000L to "2 d 3 h", 86_400_000L to "1 d")
                .forEach { (millis, words) -> Labels.duration(millis) shouldBe words }
        }

        "marks at round times, whatever the time" {
            for (millis in listOf(0L, 1L, 7L, 999L, 61_000L, 5_000_000L, 90_000_000L, 3_000_000_000L, Long.MAX_VALUE / 1_000)) {
                val scale = Scale(millis, 0.0, 100.0)
                (scale.marks.size in 2..9) shouldBe true
                (scale.marks.last() >= millis) shouldBe true
            }
        }
    })

private infix fun <T> Collection<T>.shouldContainAll(wanted: Collection<T>) {
    withClue(this) { (wanted - toSet()) shouldBe emptyList() }
}

private fun parsed(svg: String): Element = DocumentBuilderFactory
    .newInstance()
    .newDocumentBuilder()
    .parse(svg.byteInputStream())
    .documentElement

private fun Element.all(tag: String): List<Element> = getElementsByTagName(tag).let { found ->
    List(found.length) {
        found.item(it) as Element
    }
}

private fun Element.number(name: String) = getAttribute(name).ifEmpty { "0" }.toDouble()
