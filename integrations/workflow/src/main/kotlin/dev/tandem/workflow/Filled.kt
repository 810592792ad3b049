package dev.tandem.workflow

import dev.tandem.workflow.template.Filling

/** A node's templates, ready to be filled; [each] are those of what a map does. */
internal class Filled(val own: Map<String, Filling>, val each: Filled?) {
    fun fillings(): List<Filling> = own.values + each?.fillings().orEmpty()
}
