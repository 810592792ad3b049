package dev.tandem.interop;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import kotlinx.coroutines.channels.ChannelIterator;
import kotlinx.coroutines.channels.ReceiveChannel;
import kotlinx.coroutines.flow.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Items as they arrive, each asked for when the one before has been taken: a slow reader slows the sender down.
 *
 * <p>Nothing is sent before the first item is asked for. The items may be had once, by one thread at a time. Close it,
 * best in a try-with-resources: that closes the connection at once, and from any thread: a reader that waits meanwhile
 * gets a {@link CancellationException}. A stream read to its end has closed itself.
 *
 * @param <T> what it is a stream of
 */
public class BlockingStream<T> implements Iterable<T>, AutoCloseable {
    private final Flow<T> flow;
    private final Items items = new Items();
    private final Object lock = new Object();

    /** Guarded by {@link #lock}: what is under way, null before the first item is asked for. */
    private @Nullable ReceiveChannel<T> channel;

    /** Guarded by {@link #lock}. */
    private boolean isClosed;

    BlockingStream(Flow<T> flow) {
        this.flow = flow;
    }

    /** The items that are left; the same iterator each time, since there is only one answer. */
    @Override
    public Iterator<T> iterator() {
        return items;
    }

    /** The items that are left, as a stream that closes this one with itself. */
    public Stream<T> stream() {
        Spliterator<T> left = Spliterators.spliteratorUnknownSize(items, Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(left, false).onClose(this::close);
    }

    /** Gives up what has not arrived yet. Closing twice is fine. */
    @Override
    public void close() {
        ReceiveChannel<T> open;
        synchronized (lock) {
            isClosed = true;
            open = channel;
        }
        if (open != null) open.cancel(new CancellationException("the stream was closed"));
    }

    /** Sees each item on its way to the reader. */
    void passing(T item) {}

    private ReceiveChannel<T> begin() {
        synchronized (lock) {
            if (isClosed) throw new IllegalStateException("this stream is closed: ask for a new one");
            channel = Bridge.receive(flow);
            return channel;
        }
    }

    private final class Items implements Iterator<T> {
        private @Nullable ChannelIterator<T> arriving;
        private boolean isAsked;
        private boolean hasNext;

        @Override
        public boolean hasNext() {
            if (!isAsked) {
                ChannelIterator<T> source = arriving;
                if (source == null) arriving = source = begin().iterator();
                hasNext = await(source);
                isAsked = true;
            }
            return hasNext;
        }

        @Override
        public T next() {
            if (!hasNext() || arriving == null) throw new NoSuchElementException("the stream has ended");
            isAsked = false;
            T item = arriving.next();
            passing(item);
            return item;
        }

        private boolean await(ChannelIterator<T> source) {
            try {
                return Bridge.<Boolean>block(source::hasNext);
            } catch (CancellationException e) {
                close();
                throw e;
            }
        }
    }
}
