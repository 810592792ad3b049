package dev.tandem.batch.file

import dev.tandem.model.Message
import dev.tandem.model.Part
import dev.tandem.model.ToolCall
import kotlinx.serialization.json.JsonArray
import kotlinx.serialization.json.JsonElement
import kotlinx.serialization.json.JsonNull
import kotlinx.serialization.json.JsonPrimitive

/** One message of a chat as OpenAI writes it. */
internal object MessageBody {
    fun read(json: JsonElement, where: String): Message {
        val message = json.fields(where)
        val content = message["content"]
        return when (val role = message["role"].text("$where.role")) {
            "system", "developer" -> {
                Message.system(textOf(content, where))
            }

            "user" -> {
                Message.user(*partsOf(content, where).toTypedArray())
            }

            "assistant" -> {
                val calls = (message["tool_calls"] as? JsonArray).orEmpty().map { callOf(it, where) }
                Message.assistant(if (content == null || content is JsonNull) "" else textOf(content, where), calls, "")
            }

            "tool" -> {
                Message.tool(message["tool_call_id"].text("$where.tool_call_id"), textOf(content, where))
            }

            else -> {
                throw IllegalArgumentException("$where.role is '$role'")
            }
        }
    }

    private fun textOf(content: JsonElement?, where: String): String = partsOf(content, where).joinToString("") { part ->
        requireNotNull(part as? Part.Text) { "$where may have text only" }.text
    }

    private fun partsOf(content: JsonElement?, where: String): List<Part> = when (content) {
        is JsonPrimitive -> listOf(Part.Text(content.text("$where.content")))
        is JsonArray -> content.map { partOf(it, "$where.content") }
        else -> throw IllegalArgumentException("$where has no content")
    }

    private fun partOf(json: JsonElement, where: String): Part {
        val part = json.fields(where)
        return when (val type = part["type"].text("$where.type")) {
            "text" -> {
                Part.Text(part["text"].text("$where.text"))
            }

            "image_url" -> {
                Part.Image(part["image_url"].fields("$where.image_url")["url"].text("$where.image_url.url"))
            }

            "input_audio" -> {
                val audio = part["input_audio"].fields("$where.input_audio")
                Part.Audio("data:audio/${audio["format"].text("format")};base64,${audio["data"].text("data")}")
            }

            "file" -> {
                val file = part["file"].fields("$where.file")
                val id = file["file_id"]
                if (id != null) {
                    Part.File.uploaded(id.text("file_id"))
                } else {
                    Part.File.at(file["filename"].text("filename"), file["file_data"].text("file_data"))
                }
            }

            else -> {
                throw IllegalArgumentException("$where.type is '$type'")
            }
        }
    }

    private fun callOf(json: JsonElement, where: String): ToolCall {
        val call = json.fields("$where.tool_calls")
        val function = call["function"].fields("$where.tool_calls.function")
        return ToolCall(call["id"].text("id"), function["name"].text("name"), function["arguments"].text("arguments"))
    }
}
