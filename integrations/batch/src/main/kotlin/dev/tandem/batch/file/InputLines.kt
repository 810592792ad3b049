package dev.tandem.batch.file

import dev.tandem.batch.file.LineReader.Line
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.flow.Flow
import kotlinx.coroutines.flow.flow
import kotlinx.coroutines.flow.flowOn
import java.nio.file.Files
import java.nio.file.Path

/** The lines of JSONL files that ask for something. `docs/batches.md` has their formats. */
public object InputLines {
    /** One item for each line that is not blank, readable or not. Read as it is collected. */
    @JvmStatic
    public fun of(file: Path): Flow<InputLine> = of(file, LineParser.FOR_CHATS)

    /** The same, of lines that name no endpoint and are to become vectors. */
    @JvmStatic
    public fun toEmbed(file: Path): Flow<InputLine> = of(file, LineParser.FOR_VECTORS)

    /** How many lines there are that are not blank. Blocks. */
    internal fun count(file: Path): Long = Files.newInputStream(file).use { input ->
        val buffer = ByteArray(BUFFER)
        var lines = 0L
        var isBlank = true
        while (true) {
            val read = input.read(buffer)
            if (read < 0) break
            for (i in 0 until read) {
                val byte = buffer[i].toInt()
                if (byte == '\n'.code) {
                    if (!isBlank) lines++
                    isBlank = true
                } else if (byte != ' '.code && byte != '\t'.code && byte != '\r'.code) {
                    isBlank = false
                }
            }
        }
        if (isBlank) lines else lines + 1
    }

    private fun of(file: Path, parser: LineParser): Flow<InputLine> = flow {
        LineReader(Files.newInputStream(file)).use { reader ->
            var number = 0L
            while (true) {
                val line = reader.next() ?: break
                number++
                when (line) {
                    is Line.Bad -> emit(InputLine(number, null, isOpenAi = false, InputLine.Asks.Nothing(line.problem, "line $number")))
                    is Line.Text -> if (line.text.isNotBlank()) emit(parser.parse(number, line.text))
                }
            }
        }
    }.flowOn(Dispatchers.IO)

    private const val BUFFER = 64 * 1024
}
