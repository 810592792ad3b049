package dev.tandem.llama

import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.Paths

/** Where a model comes from. */
internal sealed interface Weights {
    val model: String

    /** For messages. */
    val place: String

    /** Threads to compute with when nobody says otherwise. */
    val threads: Int

    /** Refuses what cannot be a model, as far as a glance can tell. */
    fun check()

    /** Blocks: may copy the file first. */
    fun path(): Path
}

/** The tiny model in this jar. The native library wants a file, so it is copied once for each process. */
internal object BundledWeights : Weights {
    private val copied by lazy { PrivateDirectory.copy("/dev/tandem/llama/pebble.gguf", "pebble.gguf") }

    override val model: String get() = "pebble"

    override val place: String get() = "the bundled model"

    /** So small that threads would wait for each other longer than they compute. */
    override val threads: Int get() = 1

    override fun check() = Unit

    override fun path(): Path = checkNotNull(copied) { "pebble.gguf is missing from the jar of tandem-llama: was it repackaged?" }
}

internal class FileWeights(path: String) : Weights {
    private val path: Path = Paths.get(path).toAbsolutePath().normalize()

    override val model: String get() = path.fileName
        ?.toString()
        .orEmpty()
        .removeSuffix(".gguf")

    override val place: String get() = path.toString()

    override val threads: Int get() = maxOf(1, Runtime.getRuntime().availableProcessors() / 2)

    override fun path(): Path = path

    override fun check() {
        require(Files.exists(path)) { "there is no file $path: check the path to the GGUF file" }
        require(!Files.isDirectory(path)) { "$path is a directory: give the path of the GGUF file in it" }
        require(Files.isReadable(path)) { "$path cannot be read by this program: check its permissions" }
        require(Files.size(path) > 0) { "$path is empty: fetch the GGUF file again" }
        require(beginning().contentEquals(MAGIC)) { "$path is not a GGUF file: it does not begin with 'GGUF'" }
    }

    private fun beginning(): ByteArray = Files.newInputStream(path).use { it.readNBytes(MAGIC.size) }

    private companion object {
        val MAGIC = "GGUF".toByteArray()
    }
}
