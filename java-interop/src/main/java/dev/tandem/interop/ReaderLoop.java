package dev.tandem.interop;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import kotlin.coroutines.CoroutineContext;
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
        else wake();
    }

    /** Works until then. For one thread at a time; {@link #wake} it when what it waits for may have come by another. */
    void runUntil(BooleanSupplier isOver) throws InterruptedException {
        reader = Thread.currentThread();
        try {
            while (true) {
                if (Thread.interrupted()) throw new InterruptedException();
                if (isOver.getAsBoolean()) return;
                Runnable task = work.poll();
                if (task == null) LockSupport.park(this);
                else task.run();
            }
        } finally {
            reader = null;
        }
    }

    void wake() {
        LockSupport.unpark(reader);
    }

    /** From any thread. One that waits goes on waiting for the end of what it waits for. */
    void abandon() {
        isAbandoned = true;
        moveOut();
    }

    private void moveOut() {
        for (Runnable task = work.poll(); task != null; task = work.poll()) {
            Dispatchers.getDefault().dispatch(this, task);
        }
    }
}
