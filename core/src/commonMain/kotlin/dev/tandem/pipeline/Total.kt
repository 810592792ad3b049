package dev.tandem.pipeline

import dev.tandem.model.Usage

/** What several answers have used that are one to the caller. What was there already has cost nothing, unless all of it was. */
internal class Total {
    var paid: Usage = Usage.NONE
        private set
    private var all = Usage.NONE

    /** Until something was paid for. */
    var isCached = true
        private set

    val usage: Usage get() = if (isCached) all else paid

    fun add(usage: Usage, isCached: Boolean) {
        all += usage
        if (isCached) return
        paid += usage
        this.isCached = false
    }
}
