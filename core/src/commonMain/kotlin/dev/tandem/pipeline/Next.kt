package dev.tandem.pipeline

import kotlinx.coroutines.flow.Flow

/** The rest of the way, down to the provider. */
public interface Next {
    /** What [call] gives. Cold: the call is made when it is collected. */
    public fun <T> proceed(call: Call<T>): Flow<T>
}
