package dev.tandem.workflow.format

import dev.tandem.workflow.InvalidWorkflowException

/** All that is wrong with one text, as far as anybody reads. */
internal class Problems(private val source: String?, private val what: String) {
    private val found = ArrayList<FormatProblem>()
    private var more = 0

    /** A workflow within another that can be read and not run. Told where there is nothing else to tell. */
    var invalid: InvalidWorkflowException? = null
    val count: Int get() = found.size + more + if (invalid == null) 0 else 1

    fun add(kind: FormatProblem.Kind, path: String, line: Int?, message: String) {
        if (found.size == MOST) more++ else found += FormatProblem(kind, path, line, message)
    }

    fun throwIfAny() {
        if (found.isEmpty()) throw invalid ?: return
        val last = if (more == 0) emptyList() else listOf(FormatProblem(found.last().kind, "", null, "and $more more"))
        throw WorkflowFormatException(source, found + last, what, invalid)
    }

    private companion object {
        const val MOST = 100
    }
}
