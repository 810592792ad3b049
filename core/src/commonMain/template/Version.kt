package dev.tandem.platform

/** The version of this library, written by the build. */
internal const val VERSION: String = "${project.version}"
