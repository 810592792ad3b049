package dev.tandem.model

/** The question which models there are. Only headers and timeout have a meaning here. */
public class ModelsRequest(override val options: Options) : Request {
    override fun withDefaults(defaults: Options): ModelsRequest = ModelsRequest(options.withDefaults(defaults))

    override fun toString(): String = "ModelsRequest"
}
