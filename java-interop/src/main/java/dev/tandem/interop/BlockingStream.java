package dev.tandem.interop;

import java.util.Iterator;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Items as they arrive, each asked for when the one before has been taken: a slow reader slows the sender down.
 *
 * <p>Nothing is sent before the first item is asked for. The items may be had once, by one thread at a time. Close it,
 * best in a try-with-resources: that closes the connection at once, and from any thread: a reader that waits meanwhile
 * gets a {@link java.util.concurrent.CancellationException}. A stream read to its end has closed itself.
 *
 * @param <T> what it is a stream of
 */
public class BlockingStream<T> implements Iterable<T>, AutoCloseable {
    private final Pull<T> items;

    BlockingStream(Pull<T> items) {
        this.items = items;
    }

    /** The items that are left: there is only one answer, so a second iterator goes on where the first has stopped. */
    @Override
    public Iterator<T> iterator() {
        return new Iterator<T>() {
            @Override
            public boolean hasNext() {
                return items.isThere();
            }

            @Override
            public T next() {
                T item = items.take();
                passing(item);
                return item;
            }
        };
    }

    /** The items that are left, as a stream that closes this one with itself. */
    public Stream<T> stream() {
        Spliterator<T> left =
                Spliterators.spliteratorUnknownSize(iterator(), Spliterator.ORDERED | Spliterator.NONNULL);
        return StreamSupport.stream(left, false).onClose(this::close);
    }

    /** Gives up what has not arrived yet. Closing twice is fine. */
    @Override
    public void close() {
        items.giveUp();
    }

    /** Sees each item on its way to the reader. */
    void passing(T item) {}
}
