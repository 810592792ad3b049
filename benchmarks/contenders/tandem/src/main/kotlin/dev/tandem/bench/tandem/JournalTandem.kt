package dev.tandem.bench.tandem

import dev.tandem.bench.Site
import java.nio.file.Files
import java.nio.file.Path

/** Tandem's batches, each item written down before anybody hears of it. */
class JournalTandem(site: Site) : BatchTandem(site) {
    override fun newJournal(): Path = Files.createTempDirectory("bench").resolve("run.journal")
}
