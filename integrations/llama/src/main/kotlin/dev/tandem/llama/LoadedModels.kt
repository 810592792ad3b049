package dev.tandem.llama

import dev.tandem.error.ServerException
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.SupervisorJob
import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.async
import java.io.IOException
import java.nio.file.Files
import java.nio.file.Path
import java.nio.file.attribute.FileTime

/** All models of this process: one for each file and settings. They stay, since the native library never frees one. */
internal object LoadedModels {
    private val loader = CoroutineScope(SupervisorJob() + daemonThreads("tandem-llama-load", 1).asCoroutineDispatcher())

    /** Used by the loader's one thread only. */
    private val models = mutableMapOf<Key, LoadedModel>()

    /** Cancelling this leaves the loading to those who come later. A failure is not kept: the file may be mended. */
    suspend fun load(weights: Weights, settings: LlamaSettings): LoadedModel = loader.async { loadNow(weights, settings) }.await()

    private fun loadNow(weights: Weights, settings: LlamaSettings): LoadedModel = try {
        val path = weights.path()
        NativeLibrary.ensureLoaded()
        val full = settings.copy(threads = settings.threads ?: weights.threads)
        models.getOrPut(Key(path, Files.size(path), Files.getLastModifiedTime(path), full)) { LoadedModel.load(path, full) }
    } catch (e: IOException) {
        throw failure(weights, e.message.orEmpty().ifEmpty { e.toString() }, "fetch the file again", e)
    } catch (e: LinkageError) {
        throw failure(weights, "there is no native library for this machine", "Linux needs glibc and libgomp1", e)
    } catch (e: RuntimeException) {
        throw failure(weights, e.message.orEmpty(), "is the file whole, its format known to llama.cpp b4916, and the memory enough?", e)
    }

    private fun failure(weights: Weights, reason: String, remedy: String, cause: Throwable) =
        ServerException("llama: ${weights.place} cannot be loaded: $reason ($remedy)", LLAMA_DETAILS, cause)

    private data class Key(val path: Path, val size: Long, val modified: FileTime, val settings: LlamaSettings)
}
