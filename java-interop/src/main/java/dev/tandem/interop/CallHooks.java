package dev.tandem.interop;

import dev.tandem.model.Request;
import dev.tandem.pipeline.Call;
import org.jspecify.annotations.Nullable;

/**
 * What you want to do around every call. Each method runs in the midst of a call, by many calls at once: it must be quick and
 * not block, and what it throws fails the call.
 */
public interface CallHooks {
    /** Before the call is made: the request as it is to be made, of the same kind. */
    default Request before(Call<?> call) {
        return call.getRequest();
    }

    /** Each item on its way to the caller: of a plain call its answer, of a stream its events. */
    default void onItem(Call<?> call, Object item) {}

    /** The call is over; {@code error} is null if it went well, and a cancellation if the caller gave up. */
    default void after(Call<?> call, @Nullable Throwable error) {}
}
