package dev.tandem.journal

import java.nio.file.Path

/** Somebody else is writing it: wait until that run is over, or give each run a journal of its own. */
public class JournalInUseException internal constructor(path: Path, cause: Throwable?) :
    JournalException(path, "is in use by another run: wait until that is over, or give each run a journal of its own", cause)
