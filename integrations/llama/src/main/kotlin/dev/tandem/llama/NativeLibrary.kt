package dev.tandem.llama

/**
 * Loads the native library before its own loader does, which would unpack it to a place all processes share, delete what
 * it takes for older copies there, and print where it went.
 */
internal object NativeLibrary {
    private const val PATH = "de.kherud.llama.lib.path"
    private const val TEMP = "de.kherud.llama.tmpdir"

    private val loaded by lazy { load() }

    /** Throws [LinkageError] where there is no library for this machine. */
    fun ensureLoaded() {
        loaded
    }

    private fun load() {
        val file = System.mapLibraryName("jllama")
        val copy = if (System.getProperty(PATH) ==
            null
        ) {
            folder()?.let { PrivateDirectory.copy("/de/kherud/llama/$it/$file", file) }
        } else {
            null
        }
        val before = if (copy ==
            null
        ) {
            emptyMap()
        } else {
            mapOf(PATH to set(PATH, copy.parent), TEMP to set(TEMP, PrivateDirectory.child("empty")))
        }
        try {
            Class.forName("de.kherud.llama.LlamaModel")
        } finally {
            before.forEach { (name, value) -> if (value == null) System.clearProperty(name) else System.setProperty(name, value) }
        }
    }

    private fun set(property: String, value: Any): String? = System.setProperty(property, value.toString())

    /** Where the library lies in its jar; null leaves the search to its own loader. */
    private fun folder(): String? {
        val name = System.getProperty("os.name").lowercase()
        val system = when {
            "android" in System.getProperty("java.runtime.name", "").lowercase() -> return null
            "linux" in name -> "Linux"
            "mac" in name -> "Mac"
            "windows" in name -> "Windows"
            else -> return null
        }
        return when (System.getProperty("os.arch").lowercase()) {
            "amd64", "x86_64" -> "$system/x86_64"
            "aarch64", "arm64" -> "$system/aarch64"
            "x86" -> "$system/x86"
            else -> null
        }
    }
}
