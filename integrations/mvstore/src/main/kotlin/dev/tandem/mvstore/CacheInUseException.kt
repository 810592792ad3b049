package dev.tandem.mvstore

/** Somebody else has the file: give each process a path of its own, or share one [DiskCache] within a process. */
public class CacheInUseException internal constructor(message: String, cause: Throwable) : CacheFileException(message, cause)
