package dev.tandem.workflow.format

import dev.tandem.workflow.InvalidWorkflowException
import dev.tandem.workflow.Workflow
import dev.tandem.workflow.format.FormatProblem.Kind
import dev.tandem.workflow.format.syntax.JsonReader
import dev.tandem.workflow.format.syntax.JsonWriter
import dev.tandem.workflow.format.syntax.Limits
import dev.tandem.workflow.format.syntax.Said
import dev.tandem.workflow.format.syntax.SyntaxException
import dev.tandem.workflow.format.syntax.YamlReader
import dev.tandem.workflow.format.syntax.YamlWriter
import kotlinx.serialization.json.JsonObject
import java.io.IOException
import java.nio.ByteBuffer
import java.nio.charset.CharacterCodingException
import java.nio.file.Files
import java.nio.file.Path

/**
 * Workflows as JSON and YAML. What is code is in them by name, and comes from [parts].
 *
 * Whatever cannot be read or written is a [WorkflowFormatException] with all that is wrong, and what can be read and not run an
 * [InvalidWorkflowException]. Whoever writes a workflow gets a text that reads as the same workflow.
 *
 * @property parts the code that files speak of by name.
 */
public class WorkflowFiles private constructor(public val parts: WorkflowParts) {
    /** JSON by the letter of RFC 8259; a text with a name said twice is refused. */
    public fun fromJson(text: String): Workflow = read(text, null) { JsonReader(it).read() }

    /** YAML 1.2. A text of several workflows, of tags that name classes or with a name said twice is refused. */
    public fun fromYaml(text: String): Workflow = read(text, null) { YamlReader(it).read() }

    /** In lines, for people to read and change. */
    public fun toJson(workflow: Workflow): String = readable(JsonWriter().write(written(workflow)))

    /** Texts of several lines are written as they are, for people to read and change. */
    public fun toYaml(workflow: Workflow): String = readable(YamlWriter(setOf("inputs", "connections")).write(written(workflow)))

    /** Of a file whose name ends in `.json`, `.yaml` or `.yml`. Blocks. */
    @Throws(IOException::class)
    public fun load(path: Path): Workflow {
        val isJson = isJson(path, READ)
        return read(textOf(path), "$path") { if (isJson) JsonReader(it).read() else YamlReader(it).read() }
    }

    /** Into a file whose name ends in `.json`, `.yaml` or `.yml`; one that is there is replaced. Blocks. */
    @Throws(IOException::class)
    public fun save(workflow: Workflow, path: Path) {
        val text = if (isJson(path, WRITTEN)) toJson(workflow) else toYaml(workflow)
        Files.write(path, text.encodeToByteArray())
    }

    private fun read(text: String, source: String?, parse: (String) -> Said): Workflow {
        val problems = Problems(source, READ)
        val workflow = try {
            if (text.length > Limits.CHARS) throw Limits.tooLong(text.length.toLong())
            WorkflowReader(parts, problems).root(parse(text.removePrefix(BYTE_ORDER_MARK)))
        } catch (e: SyntaxException) {
            problems.add(if (e.isTooLarge) Kind.TOO_LARGE else Kind.SYNTAX, "", e.line.takeIf { it > 0 }, e.message.orEmpty())
            null
        }
        problems.throwIfAny()
        return checkNotNull(workflow) { "a text was read without a problem, and is no workflow" }
    }

    private fun written(workflow: Workflow): JsonObject {
        val problems = Problems(null, WRITTEN)
        val root = WorkflowWriter(parts, problems).root(workflow)
        problems.throwIfAny()
        return root
    }

    /** Nobody should learn only when it is needed that it is more than is read. */
    private fun readable(text: String): String {
        if (text.length <= Limits.CHARS) return text
        val problem = FormatProblem(Kind.TOO_LARGE, "", null, Limits.tooLong(text.length.toLong()).message.orEmpty())
        throw WorkflowFormatException(null, listOf(problem), WRITTEN, null)
    }

    private fun isJson(path: Path, what: String): Boolean {
        val ending = path.fileName
            ?.toString()
            .orEmpty()
            .substringAfterLast('.', "")
            .lowercase()
        if (ending !in ENDINGS) {
            val problem =
                FormatProblem(Kind.ENDING, "", null, "its name must end in .json for JSON, or in .yaml or .yml for YAML: rename it")
            throw WorkflowFormatException("$path", listOf(problem), what, null)
        }
        return ending == "json"
    }

    private fun textOf(path: Path): String {
        // Not by the file's size, which not every file knows.
        val bytes = Files.newInputStream(path).use { it.readNBytes(MOST_BYTES + 1) }
        val problem = if (bytes.size > MOST_BYTES) {
            FormatProblem(Kind.TOO_LARGE, "", null, "it has more than $MOST_BYTES bytes: part it")
        } else {
            try {
                return Charsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
            } catch (_: CharacterCodingException) {
                FormatProblem(Kind.SYNTAX, "", null, "it is no UTF-8: save it as that")
            }
        }
        throw WorkflowFormatException("$path", listOf(problem), READ, null)
    }

    override fun toString(): String = "WorkflowFiles($parts)"

    public companion object {
        private const val READ = "read"
        private const val WRITTEN = "written"
        private const val BYTE_ORDER_MARK = "\ufeff"
        private const val MOST_BYTES = 3 * Limits.CHARS
        private val ENDINGS = setOf("json", "yaml", "yml")

        /** [parts] are the code that files speak of by name. */
        @JvmStatic
        public fun of(parts: WorkflowParts): WorkflowFiles = WorkflowFiles(parts)

        /** Of workflows without code. */
        @JvmStatic
        public fun of(): WorkflowFiles = WorkflowFiles(WorkflowParts.NONE)
    }
}
