package dev.tandem.model

/** A file on its way to a provider, and the fields of the form that it goes with. */
internal class Upload(val fields: Map<String, String>, val fileName: String, val mediaType: String, val bytes: ByteArray)
