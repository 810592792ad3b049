package dev.tandem.examples.webchat;

import dev.tandem.testing.OpenAiReplies;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A model's server that writes as fast as it is read, and knows when it is not read any more. */
final class Flood implements AutoCloseable {
    static final long MOST_BYTES = 96L << 20;
    private static final int PIECE_CHARS = 16_000;
    private static final long STALLED_MILLIS = 700;
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    /** What was sent until the client read no more; fails if it took everything. */
    final CompletableFuture<Long> stalled = new CompletableFuture<>();

    /** It reads on after that. */
    final CompletableFuture<Boolean> goesOn = new CompletableFuture<>();

    /** It has closed its socket. */
    final CompletableFuture<Boolean> hangUp = new CompletableFuture<>();

    private final ServerSocketChannel listener = ServerSocketChannel.open();

    private Flood() throws IOException {
        listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    static Flood start() throws IOException {
        Flood flood = new Flood();
        Thread thread = new Thread(flood::serve, "flood");
        thread.setDaemon(true);
        thread.start();
        return flood;
    }

    String url() throws IOException {
        return "http://127.0.0.1:" + ((InetSocketAddress) listener.getLocalAddress()).getPort() + "/v1";
    }

    private void serve() {
        try (SocketChannel client = listener.accept();
                Selector selector = Selector.open()) {
            client.read(ByteBuffer.allocate(10_000));
            client.write(ByteBuffer.wrap(HEAD.getBytes(StandardCharsets.UTF_8)));
            client.configureBlocking(false);
            client.register(selector, SelectionKey.OP_READ | SelectionKey.OP_WRITE);
            write(client, selector);
        } catch (IOException e) {
            hangUp.complete(true);
        }
    }

    private void write(SocketChannel client, Selector selector) throws IOException {
        String event = OpenAiReplies.INSTANCE.chunks("x".repeat(PIECE_CHARS)).get(0);
        ByteBuffer piece = ByteBuffer.wrap(event.getBytes(StandardCharsets.UTF_8));
        for (long sent = 0; sent < MOST_BYTES; ) {
            if (selector.select(STALLED_MILLIS) == 0) {
                stalled.complete(sent);
                selector.select();
            }
            SelectionKey key = selector.selectedKeys().iterator().next();
            selector.selectedKeys().clear();
            if (key.isReadable() && client.read(ByteBuffer.allocate(10_000)) < 0) throw new IOException("gone");
            if (stalled.isDone()) goesOn.complete(true);
            if (!piece.hasRemaining()) piece.rewind();
            sent += client.write(piece);
        }
        stalled.completeExceptionally(new AssertionError("all was taken, and nobody had read it"));
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
