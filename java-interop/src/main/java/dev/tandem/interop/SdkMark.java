package dev.tandem.interop;

import java.lang.reflect.InvocationTargetException;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.ThreadContextElementKt;
import org.jspecify.annotations.Nullable;

/** Marks the threads that do the SDK's own work, for as long as they do it: one that waits there would wait for itself. */
final class SdkMark {
    private static final ThreadLocal<@Nullable Boolean> INSIDE = new ThreadLocal<>();
    private static final @Nullable Thread ANDROID_MAIN = androidMain();

    private SdkMark() {}

    /** To be part of the context in which the SDK works. */
    static CoroutineContext context() {
        return ThreadContextElementKt.asContextElement(INSIDE, true);
    }

    static void refuseHere() {
        if (INSIDE.get() != null) {
            throw new IllegalStateException("a blocking call on a thread of the SDK, which would wait for itself:"
                    + " use async() here, or continue on an executor of your own (thenApplyAsync(…, executor))");
        }
        if (Thread.currentThread() == ANDROID_MAIN) {
            throw new IllegalStateException(
                    "a blocking call on Android's main thread, which would freeze the app: use async() here");
        }
    }

    private static @Nullable Thread androidMain() {
        try {
            Object main = Class.forName("android.os.Looper")
                    .getMethod("getMainLooper")
                    .invoke(null);
            return main == null
                    ? null
                    : (Thread) main.getClass().getMethod("getThread").invoke(main);
        } catch (ClassNotFoundException
                | NoSuchMethodException
                | IllegalAccessException
                | InvocationTargetException e) {
            return null; // Not on Android.
        }
    }
}
