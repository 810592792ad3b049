package dev.tandem.interop;

import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.Job;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.flow.FlowCollector;
import org.jspecify.annotations.Nullable;

/**
 * Takes items out of a flow one at a time, by one thread; given up by any. The flow stops at each item, in the midst of
 * {@link #emit}, and goes on when the reader asks for the next, on the reader's own thread: no queue lies between them.
 */
final class Pull<T> implements FlowCollector<T> {
    private final Flow<T> flow;
    private final ReaderLoop loop = new ReaderLoop();
    private final Object lock = new Object();

    /** Guarded by {@link #lock}: what is under way, null before the first item is asked for. */
    private @Nullable Job job;

    private volatile boolean isGivenUp;

    /** The flow, as long as it is stopped at an item. Whoever takes it out lets it go on. */
    private final AtomicReference<@Nullable Continuation<? super Unit>> stopped = new AtomicReference<>();

    /** Where the flow is stopped; null while it works. */
    private volatile @Nullable T item;

    private volatile boolean isEnded;
    private @Nullable Throwable failure;

    /** Whether there is an item to take; null when nobody has asked yet. */
    private @Nullable Boolean isThere;

    Pull(Flow<T> flow) {
        this.flow = flow;
    }

    /** Waits for the next item, or for the end. */
    boolean isThere() {
        Boolean known = isThere;
        if (known == null) {
            known = await();
            isThere = known;
        }
        return known;
    }

    T take() {
        T taken = isThere() ? item : null;
        if (taken == null) throw new NoSuchElementException("the stream has ended");
        isThere = null;
        return taken;
    }

    void giveUp() {
        Job begun;
        synchronized (lock) {
            isGivenUp = true;
            begun = job;
        }
        if (begun == null) return;
        CancellationException cause = new CancellationException("the stream was closed");
        begun.cancel(cause);
        Continuation<? super Unit> flow = stopped.getAndSet(null);
        // Not here: what the flow has to do at its end may take its time.
        if (flow != null) {
            Dispatchers.getDefault().dispatch(loop, () -> flow.resumeWith(ResultKt.createFailure(cause)));
        }
        loop.abandon();
    }

    @Override
    public Object emit(T item, Continuation<? super Unit> flow) {
        this.item = item;
        stopped.set(flow);
        if (isGivenUp && stopped.compareAndSet(flow, null)) throw new CancellationException("the stream was closed");
        return IntrinsicsKt.getCOROUTINE_SUSPENDED();
    }

    private boolean await() {
        // Before anything is begun that nobody would wait for.
        SdkMark.refuseHere();
        item = null;
        try {
            goOn();
            loop.runUntil(() -> item != null || isEnded);
        } catch (InterruptedException e) {
            giveUp();
            throw Bridge.interrupted(e);
        }
        if (item != null) return true;
        Throwable cause = failure;
        if (cause != null) ResultKt.throwOnFailure(ResultKt.createFailure(cause));
        return false;
    }

    private void goOn() {
        Continuation<? super Unit> flow = stopped.getAndSet(null);
        if (flow != null) flow.resumeWith(Unit.INSTANCE);
        else begin();
    }

    private void begin() {
        synchronized (lock) {
            if (job != null) return;
            if (isGivenUp) throw new IllegalStateException("this stream is closed: ask for a new one");
            job = Bridge.collect(flow, this, loop);
            job.invokeOnCompletion(cause -> {
                failure = cause;
                isEnded = true;
                loop.wake();
                return Unit.INSTANCE;
            });
        }
    }
}
