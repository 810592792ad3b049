package dev.tandem.engine.httpcore.wire

/** Who keeps connections, and wants to know when one is free or gone. */
internal interface Owner {
    fun released(route: Route, connection: Connection)

    fun closed(route: Route, connection: Connection)
}
