package dev.tandem.model

/** A request for something else than a chat or vectors. Of the options only model, headers, extra and timeout have a meaning in all. */
public sealed interface MediaRequest : Request {
    /** The same request, with these in place of its own. */
    public fun withOptions(options: Options): MediaRequest
}
