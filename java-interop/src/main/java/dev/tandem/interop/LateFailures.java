package dev.tandem.interop;

import kotlin.coroutines.AbstractCoroutineContextElement;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.CoroutineExceptionHandler;

/**
 * Takes what goes wrong in a call after its caller has given it up: nobody is left to be told, and the thread's own
 * handler would end an Android app for it.
 */
final class LateFailures extends AbstractCoroutineContextElement implements CoroutineExceptionHandler {
    LateFailures() {
        super(CoroutineExceptionHandler.Key);
    }

    @Override
    public void handleException(CoroutineContext context, Throwable exception) {}
}
