package dev.tandem.interop;

import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;

/** The call of a suspend function: {@code k -> core.chat(request, k)}. */
@FunctionalInterface
interface SuspendCall<T> {
    @Nullable
    Object on(Continuation<? super T> k);
}
