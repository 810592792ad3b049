package dev.tandem.restate.server

import java.nio.ByteBuffer
import java.nio.channels.FileChannel
import java.nio.file.Path
import java.nio.file.StandardOpenOption.APPEND
import java.nio.file.StandardOpenOption.CREATE
import java.nio.file.StandardOpenOption.WRITE
import kotlin.io.path.exists
import kotlin.io.path.readLines

/** A file that says what was done, also after the machine has gone. */
class Effects(private val file: Path) {
    private val channel = FileChannel.open(file, CREATE, WRITE, APPEND)

    fun add(line: String) {
        channel.write(ByteBuffer.wrap("$line\n".toByteArray()))
        channel.force(true)
    }

    companion object {
        fun of(file: Path): List<String> = if (file.exists()) file.readLines() else emptyList()
    }
}
