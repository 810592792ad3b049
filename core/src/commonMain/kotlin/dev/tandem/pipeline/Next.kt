package dev.tandem.pipeline

import kotlinx.coroutines.flow.Flow

/** The rest of the way, down to the provider. */
public interface Next {
    public fun <T> proceed(call: Call<T>): Flow<T>
}
