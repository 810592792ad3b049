package dev.tandem.workflow.durable

/**
 * The journal has a value for [step] that this version of the program cannot read. The run is not over: the server tries it again,
 * and it goes on with a version that can read it.
 *
 * @property step its name in the journal.
 */
public class UnreadableStepException internal constructor(public val step: String, serializer: String, cause: Throwable) :
    IllegalStateException("what the journal keeps of step '$step' cannot be read as $serializer: deploy a version that can", cause)
