package dev.tandem.bench.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** One client's socket: requests come in one after the other, replies go out as fast as it takes them. */
final class Connection {
    private final SelectionKey key;
    private final SocketChannel socket;
    private final Replies replies;
    private final RequestReader reader = new RequestReader();

    /** What the socket did not take yet. */
    private final Deque<Output> waiting = new ArrayDeque<>();

    Connection(SelectionKey key, Replies replies) {
        this.key = key;
        this.socket = (SocketChannel) key.channel();
        this.replies = replies;
    }

    void ready() throws IOException {
        if (key.isWritable()) flush();
        if (key.isReadable()) read();
    }

    /** Written at once where the socket has room. */
    void send(Output output) {
        if (!socket.isOpen()) return;
        try {
            if (waiting.isEmpty() && output.writeTo(socket)) return;
            waiting.add(output);
            key.interestOpsOr(SelectionKey.OP_WRITE);
        } catch (IOException e) {
            close();
        }
    }

    void send(ByteBuffer bytes) {
        send(target -> {
            target.write(bytes);
            return !bytes.hasRemaining();
        });
    }

    boolean isOpen() {
        return socket.isOpen();
    }

    private void flush() throws IOException {
        while (!waiting.isEmpty()) {
            if (!waiting.peek().writeTo(socket)) return;
            waiting.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private void read() throws IOException {
        if (!reader.fillFrom(socket)) {
            close();
            return;
        }
        for (Request request = reader.next(); request != null; request = reader.next()) replies.to(request, this);
    }

    private void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Bytes on their way. */
    interface Output {
        /** Writes what the socket takes; true when nothing is left. */
        boolean writeTo(SocketChannel socket) throws IOException;
    }
}
