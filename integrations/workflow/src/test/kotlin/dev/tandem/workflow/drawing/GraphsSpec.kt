package dev.tandem.workflow.drawing

import dev.tandem.workflow.AgentNode
import dev.tandem.workflow.DelayNode
import dev.tandem.workflow.JoinNode
import dev.tandem.workflow.SubWorkflowNode
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.agent
import dev.tandem.workflow.approval
import dev.tandem.workflow.cases
import dev.tandem.workflow.condition
import dev.tandem.workflow.delay
import dev.tandem.workflow.format.RandomWorkflow
import dev.tandem.workflow.http
import dev.tandem.workflow.join
import dev.tandem.workflow.map
import dev.tandem.workflow.subWorkflow
import dev.tandem.workflow.transform
import dev.tandem.workflow.workflow
import io.kotest.assertions.withClue
import io.kotest.core.spec.style.StringSpec
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import kotlin.random.Random
import kotlin.time.Duration.Companion.seconds

class GraphsSpec :
    StringSpec({
        val inner = workflow("inner") {
            val draft = agent("draft") { prompt = "{{input.text}}" }
            agent("check", draft) { prompt = "Is it good?" }
        }
        val triage = workflow("triage") {
            val clean = transform("clean") { "" }
            val kind = agent("kind", clean) { prompt("Which kind?").model("model-1") }
            cases("route", kind) {
                on = "{{node.kind}}"
                otherwise = "ask"
                branch("bug", "mend").branch("crash", "mend").branch("", "all")
            }
            val mend = subWorkflow("mend", inner) { input("text", "{{node.clean}}") }
            val parts =
                map("parts", SubWorkflowNode.builder("part").input("text", "{{item}}").build(inner), mend) { over = "{{node.mend}}" }
            val each = map("each", AgentNode.of("one", "{{item}}"), mend) { over = "{{node.mend}}" }
            val ask = approval("ask") { question = "Go on?" }
            val wait = delay("wait", 90.seconds, ask)
            val post = http("post", wait) { url = "https://example.com" }
            val all = join("all", parts, each, post) { tolerant = true }
            val pick = condition("pick", all) { "end" }
            join("end", pick)
        }

        "Mermaid: shapes by kind, cases on dotted edges, workflows around theirs" {
            Mermaid.of(triage) shouldBe
                """
                ---
                title: "triage"
                ---
                flowchart TD
                    n0["clean<br/>function"]
                    n1("kind<br/>model#45;1")
                    n2{"route<br/>#123;#123;node#46;kind#125;#125;"}
                    subgraph n3["mend"]
                        n3_0("draft<br/>agent")
                        n3_1("check<br/>agent")
                        n3_0 --> n3_1
                    end
                    subgraph n4["parts, for each item"]
                        n4_0("draft<br/>agent")
                        n4_1("check<br/>agent")
                        n4_0 --> n4_1
                    end
                    n5[["each<br/>one, for each item"]]
                    n6{{"ask<br/>approval"}}
                    n7(["wait<br/>wait 1 min 30 s"])
                    n8[/"post<br/>GET"/]
                    n9[\"all<br/>join of what has come"/]
                    n10{"pick<br/>function"}
                    n11[\"end<br/>join"/]
                    n0 --> n1
                    n1 --> n2
                    n2 -.->|"bug, crash"| n3
                    n2 -.->|"nothing"| n9
                    n2 -.->|"otherwise"| n6
                    n3 --> n4
                    n3 --> n5
                    n4 --> n9
                    n5 --> n9
                    n6 --> n7
                    n7 --> n8
                    n8 --> n9
                    n9 --> n10
                    n10 -.-> n11

                """.trimIndent()
        }

        "Graphviz: clusters, and edges that end at their borders" {
            val dot = Dot.of(triage)
            dot shouldContain "digraph \"triage\" {"
            dot shouldContain "    n1 [label=\"kind\\nmodel-1\", shape=box, style=rounded]\n"
            dot shouldContain "    subgraph cluster_n3 {\n        graph [label=\"mend\", "
            dot shouldContain "    n2 -> n3_0 [label=\" bug, crash \", style=dashed, lhead=cluster_n3]\n"
            dot shouldContain "    n3_1 -> n4_0 [ltail=cluster_n3, lhead=cluster_n4]\n"
            dot shouldContain "    n10 -> n11 [style=dashed]\n"
        }

        "names that mean something to Mermaid mean nothing" {
            val names = listOf(
                "end",
                "a\"b",
                "a]b;c",
                "<script>",
                "a&lt;",
                "größer 🙂",
                "1. list",
                "_em_",
                "`code`",
                "\$\$x\$\$",
                "fa:fa-car",
                "%%{init: x}%%",
                "a|b",
                "#35;",
                "x\u0001y",
                "\u202eabc",
                "a\\",
            )
            val text = Mermaid.of(Workflow.builder("a: \"b\" <c>\n---\n").apply { names.forEach { add(DelayNode.of(it, 5)) } }.build())
            text shouldContain "title: \"a: \\\"b\\\" ‹c› --- \"\n---\n"
            val labels = Regex("\\(\\[\"(.*)<br/>wait 5 ms\"]\\)").findAll(text).map { it.groupValues[1] }.toList()
            labels.size shouldBe names.size
            val shown = labels.map { label ->
                Regex("#(\\d+);").replace(label) {
                    it.groupValues[1]
                        .toInt()
                        .toChar()
                        .toString()
                }
            }
            shown shouldBe names.map {
                it
                    .replace("$$", "$\u2060$")
                    .replace("fa:", "fa:\u2060")
                    .replace("\u0001", "\ufffd")
                    .replace("\u202e", "\ufffd")
            }
            labels.forEach { label -> Regex("[^\\w #;\\x80-\\x{10ffff}]").findAll(label).toList().shouldBeEmpty() }
        }

        "names that mean something to Graphviz mean nothing" {
            val name = "a\"b \\N \\ &lt; ] ; } end\u0000"
            val dot = Dot.of(Workflow.builder(name).add(JoinNode.of(name)).build())
            dot shouldContain "n0 [label=\"a\\\"b \\\\N \\\\ &amp;lt; ] ; } end\ufffd\\njoin\""
        }

        "long names are cut, and no pair of surrogates is parted" {
            val name = "x".repeat(59) + "🙂🙂"
            val text = Mermaid.of(Workflow.builder("w").add(JoinNode.of(name)).build())
            text shouldContain "x🙂…<br/>"
            text shouldNotContain "🙂🙂"
        }

        "any workflow is drawn: each line is one that is known" {
            val mermaid = Regex(
                """ *(?:n[\d_]+(?:\(|\[|\{|\[\[|\[\\|\(\[|\{\{|\[/)"[^"]*"(?:\)|]|}|]]|/]|]\)|}})|subgraph n[\d_]+\["[^"]*"]|end|""" +
                    """n[\d_]+ -(?:-|\.-)>(?:\|"[^"]*"\|)? n[\d_]+)""",
            )
            val quoted = """"(?:[^"\\]|\\.)*""""
            val dot = Regex(
                """ *(?:(?:n[\d_]+(?: -> n[\d_]+)?|graph|node|edge)(?: \[(?:\w+=(?:$quoted|[\w.]+)(?:, )?)+])?|subgraph cluster_n[\d_]+ \{|})""",
            )
            repeat(300) {
                val seed = Random.nextLong()
                val workflow = RandomWorkflow(Random(seed), isRunnable = false).next()
                withClue("seed $seed") {
                    Mermaid
                        .of(workflow)
                        .trimEnd('\n')
                        .split('\n')
                        .drop(4)
                        .filterNot(mermaid::matches)
                        .shouldBeEmpty()
                    Dot
                        .of(workflow)
                        .trimEnd('\n')
                        .split('\n')
                        .drop(1)
                        .filterNot(dot::matches)
                        .shouldBeEmpty()
                }
            }
        }
    })
