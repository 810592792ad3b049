package dev.tandem.provider

import dev.tandem.pipeline.Target

/** Somebody who runs models: an address and a credential, or a file. Immutable; may serve many clients. */
public interface Provider {
    /** For messages and statistics. */
    public val name: String

    /** Called once by each client, which closes the target when it is closed itself. Opens no connection yet. */
    public fun connect(wire: Wire): Target
}
