package dev.tandem.workflow.template

/** A template that cannot be read, or has nothing to be filled with. The message names it and its place. */
public class TemplateException internal constructor(message: String) : IllegalArgumentException(message)
