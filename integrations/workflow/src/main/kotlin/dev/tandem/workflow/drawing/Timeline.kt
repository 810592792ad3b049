package dev.tandem.workflow.drawing

import dev.tandem.workflow.run.WorkflowResult

/**
 * What became of a run in time: each node a bar from its start to its end with its attempts in it, failures in stripes of red with a cross,
 * and those that were not run in words. Errors are told by their first words, prompts and outputs not at all.
 */
public object Timeline {
    /** A Gantt chart of Mermaid, by the clock. */
    @JvmStatic
    public fun mermaid(result: WorkflowResult): String = Gantt(Bars.of(result)).write()

    /** A picture that stands alone, in a file or in a page: no script, and nothing that is loaded. */
    @JvmStatic
    public fun svg(result: WorkflowResult): String = TimelineSvg(Bars.of(result)).write()
}
