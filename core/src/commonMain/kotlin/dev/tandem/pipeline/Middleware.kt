package dev.tandem.pipeline

import kotlinx.coroutines.flow.Flow

/**
 * A layer around every call. A plain call is a flow of one item, a stream a flow of many, so a layer is written once and
 * serves both. The returned flow must be cold: collecting it twice makes the call twice.
 */
public interface Middleware {
    /** What the caller gets of [call]: what [next] gives, changed, once more, or something else. */
    public fun <T> around(call: Call<T>, next: Next): Flow<T>
}
