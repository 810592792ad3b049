package dev.tandem.interop;

import java.util.NoSuchElementException;
import java.util.concurrent.CancellationException;
import kotlinx.coroutines.channels.ChannelIterator;
import kotlinx.coroutines.channels.ReceiveChannel;
import kotlinx.coroutines.flow.Flow;
import org.jspecify.annotations.Nullable;

/** Takes items out of a flow one at a time, by one thread; given up by any. */
final class Pull<T> {
    private final Flow<T> flow;
    private final ReaderLoop loop = new ReaderLoop();
    private final Object lock = new Object();

    /** Guarded by {@link #lock}: what is under way, null before the first item is asked for. */
    private @Nullable ReceiveChannel<T> channel;

    /** Guarded by {@link #lock}. */
    private boolean isGivenUp;

    private @Nullable ChannelIterator<T> arriving;

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
        if (!isThere() || arriving == null) throw new NoSuchElementException("the stream has ended");
        isThere = null;
        return arriving.next();
    }

    void giveUp() {
        ReceiveChannel<T> open;
        synchronized (lock) {
            isGivenUp = true;
            open = channel;
        }
        if (open == null) return;
        open.cancel(new CancellationException("the stream was closed"));
        loop.abandon();
    }

    private boolean await() {
        // Before anything is begun that nobody would wait for.
        SdkMark.refuseHere();
        ChannelIterator<T> source = arriving;
        if (source == null) arriving = source = begin().iterator();
        ChannelIterator<T> items = source;
        try {
            return loop.await(items::hasNext);
        } catch (InterruptedException e) {
            giveUp();
            throw Bridge.interrupted(e);
        } catch (CancellationException e) {
            giveUp();
            throw e;
        }
    }

    private ReceiveChannel<T> begin() {
        synchronized (lock) {
            if (isGivenUp) throw new IllegalStateException("this stream is closed: ask for a new one");
            channel = Bridge.receive(flow, loop);
            return channel;
        }
    }
}
