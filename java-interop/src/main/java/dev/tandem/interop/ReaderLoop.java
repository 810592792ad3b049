package dev.tandem.interop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import kotlin.ResultKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.Dispatchers;
import org.jspecify.annotations.Nullable;

/**
 * Has the thread that waits for a stream do the stream's work meanwhile, so that no item changes threads on its way. While
 * nobody waits nothing is done: that is how a slow reader slows the sender down.
 */
final class ReaderLoop extends CoroutineDispatcher {
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

    /** Who waits now. */
    private volatile @Nullable Thread reader;

    /** Nobody will wait here any more: what is left to do is done elsewhere. */
    private volatile boolean isAbandoned;

    @Override
    public void dispatch(CoroutineContext context, Runnable task) {
        work.add(task);
        if (isAbandoned) moveOut();
        else LockSupport.unpark(reader);
    }

    /** Works until {@code call} has its answer. For one thread at a time. */
    boolean await(SuspendCall<Boolean> call) throws InterruptedException {
        reader = Thread.currentThread();
        try {
            Waiting waiting = new Waiting();
            @Nullable Object result = call.on(waiting);
            if (result == IntrinsicsKt.getCOROUTINE_SUSPENDED()) {
                workFor(waiting);
                result = waiting.result;
            }
            ResultKt.throwOnFailure(result);
            return Boolean.TRUE.equals(result);
        } finally {
            reader = null;
        }
    }

    /** From any thread. One that waits goes on waiting for the end of what it waits for. */
    void abandon() {
        isAbandoned = true;
        moveOut();
    }

    private void workFor(Waiting waiting) throws InterruptedException {
        while (!waiting.isOver) {
            if (Thread.interrupted()) throw new InterruptedException();
            Runnable task = work.poll();
            if (task == null) LockSupport.park(this);
            else task.run();
        }
    }

    private void moveOut() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            Dispatchers.getDefault().dispatch(this, task);
        }
    }

    private final class Waiting implements Continuation<Boolean> {
        private volatile boolean isOver;
        private @Nullable Object result;

        @Override
        public CoroutineContext getContext() {
            return ReaderLoop.this;
        }

        @Override
        public void resumeWith(Object result) {
            this.result = result;
            isOver = true;
            LockSupport.unpark(reader);
        }
    }
}
