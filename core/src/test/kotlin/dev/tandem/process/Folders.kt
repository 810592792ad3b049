package dev.tandem.process

import java.nio.file.Files
import java.nio.file.Path

/** An empty folder, which goes when this JVM ends. */
fun newFolder(): Path = Files.createTempDirectory("tandem").also { folder ->
    Runtime.getRuntime().addShutdownHook(Thread { folder.toFile().deleteRecursively() })
}
