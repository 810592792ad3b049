package dev.tandem.pipeline

import dev.tandem.model.Request
import kotlinx.coroutines.flow.Flow
import kotlin.jvm.JvmSynthetic

/** A request on its way to a target. Layers may pass on a changed copy. */
public class Call<T> internal constructor(public val operation: Operation<T>, public val request: Request, public val target: Target) {
    /** The same call with another request, of the same kind. */
    public fun withRequest(request: Request): Call<T> {
        require(request::class == this.request::class) {
            "$operation takes a ${this.request::class.simpleName}, not a ${request::class.simpleName}"
        }
        return Call(operation, request, target)
    }

    /** The same call to somebody else. */
    public fun withTarget(target: Target): Call<T> = Call(operation, request, target)

    @JvmSynthetic
    internal fun perform(): Flow<T> = operation.perform(target, request)

    override fun toString(): String = "$operation to ${target.name}"
}
