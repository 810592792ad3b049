package dev.tandem.workflow.run

/** A node has done its work, and the steps could not keep what came of it: what its own policy says of failures is nothing to that. */
internal class UnkeptException(override val cause: Exception) : RuntimeException(cause)
