package dev.tandem.pipeline

import kotlinx.coroutines.flow.Flow

/** [layers], outermost first, and the target below them. */
internal class Pipeline(layers: List<Middleware>) : Next {
    private val outermost = layers.foldRight(Bottom, ::Layer)

    override fun <T> proceed(call: Call<T>): Flow<T> = outermost.proceed(call)

    private class Layer(private val middleware: Middleware, private val next: Next) : Next {
        override fun <T> proceed(call: Call<T>): Flow<T> = middleware.around(call, next)
    }

    private companion object {
        val Bottom: Next =
            object : Next {
                override fun <T> proceed(call: Call<T>): Flow<T> = call.perform()
            }
    }
}
