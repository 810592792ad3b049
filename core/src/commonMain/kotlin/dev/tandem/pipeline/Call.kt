package dev.tandem.pipeline

import dev.tandem.accounting.Bill
import dev.tandem.model.Request
import kotlinx.coroutines.flow.Flow
import kotlin.concurrent.atomics.AtomicLong
import kotlin.concurrent.atomics.ExperimentalAtomicApi
import kotlin.concurrent.atomics.incrementAndFetch
import kotlin.jvm.JvmSynthetic
import kotlin.time.Duration
import kotlin.time.TimeMark

/** A request on its way to a target. Layers may pass on a changed copy. */
public class Call<T> private constructor(
    /** What is asked for, such as a chat. */
    public val operation: Operation<T>,
    /** With the client's own options in it. */
    public val request: Request,
    /** Who is asked. Another one where the call has fallen back. */
    public val target: Target,
    /** Counts the attempts at this target, from 1. */
    public val attempt: Int,
    /** Whether it is made beside another one that takes long. */
    public val isHedge: Boolean,
    private val journey: Journey,
) {
    internal constructor(operation: Operation<T>, request: Request, target: Target, hear: ((Call<*>, CallEvent) -> Unit)? = null) :
        this(operation, request, target, 1, false, Journey(nextId(), hear))

    /** Tells this process's calls apart; all attempts of one have the same. */
    public val id: Long get() = journey.id

    /** The same call with another request, of the same kind. */
    public fun withRequest(request: Request): Call<T> {
        require(request::class == this.request::class) {
            "$operation takes a ${this.request::class.simpleName}, not a ${request::class.simpleName}"
        }
        return Call(operation, request, target, attempt, isHedge, journey)
    }

    /** The same call to somebody else, who has not been asked yet. */
    public fun withTarget(target: Target): Call<T> = Call(operation, request, target, 1, isHedge, journey)

    /** The same call once more. */
    @JvmSynthetic
    internal fun again(): Call<T> = Call(operation, request, target, attempt + 1, isHedge, journey)

    /** The same call beside itself. */
    @JvmSynthetic
    internal fun beside(): Call<T> = Call(operation, request, target, attempt, true, journey)

    /** Something else that has to be known before this call can be answered. */
    @JvmSynthetic
    internal fun <R> asking(operation: Operation<R>, request: Request): Call<R> = Call(operation, request, target, 1, false, journey)

    /** The same call at its beginning, which has no time left after [end]. */
    @JvmSynthetic
    internal fun begun(end: TimeMark?): Call<T> =
        Call(operation, request, target, attempt, isHedge, journey.copy(end = end, progress = Progress()))

    /** The same call with all the time there is: whoever asked has an eye on his own. */
    @JvmSynthetic
    internal fun withoutEnd(): Call<T> = Call(operation, request, target, attempt, isHedge, journey.copy(end = null))

    /** The same call, with somebody who wants to know when it has its turn. */
    @JvmSynthetic
    internal fun watched(whenGoing: () -> Unit): Call<T> =
        Call(operation, request, target, attempt, isHedge, journey.copy(whenGoing = whenGoing))

    /** It waits for nothing any more, and is sent now. */
    @JvmSynthetic
    internal fun went() {
        journey.whenGoing?.invoke()
    }

    /** What all requests for it have used. */
    @get:JvmSynthetic
    internal val bill: Bill get() = journey.bill

    /** How far it has come. */
    @get:JvmSynthetic
    internal val progress: Progress get() = journey.progress

    /** Null for all the time there is. */
    @get:JvmSynthetic
    internal val timeLeft: Duration? get() = journey.end?.let { -it.elapsedNow() }

    /** Tells whoever listens to this client's calls. */
    public fun tell(event: CallEvent) {
        journey.hear?.invoke(this, event)
    }

    /** Whether anybody does. */
    @get:JvmSynthetic
    internal val isHeard: Boolean get() = journey.hear != null

    @JvmSynthetic
    internal fun perform(): Flow<T> = operation.perform(target, request)

    override fun toString(): String = "$operation to ${target.name}"

    /** What all copies of a call share. */
    private class Journey(
        val id: Long,
        val hear: ((Call<*>, CallEvent) -> Unit)?,
        val bill: Bill = Bill(),
        val progress: Progress = Progress(),
        val end: TimeMark? = null,
        val whenGoing: (() -> Unit)? = null,
    ) {
        fun copy(end: TimeMark? = this.end, whenGoing: (() -> Unit)? = this.whenGoing, progress: Progress = this.progress) =
            Journey(id, hear, bill, progress, end, whenGoing)
    }

    @OptIn(ExperimentalAtomicApi::class)
    private companion object {
        val ids = AtomicLong(0)

        fun nextId() = ids.incrementAndFetch()
    }
}
