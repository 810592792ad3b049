package dev.tandem.bench.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Speaks OpenAI's chat completions and embeddings over HTTP/1.1 on loopback, all on one thread. Prints its port, and ends
 * when its standard input does.
 */
public final class Server {
    private static final int BACKLOG = 4096;

    private final Selector selector = Selector.open();
    private final ServerSocketChannel door = ServerSocketChannel.open();
    private final Schedule schedule = new Schedule();
    private final Replies replies = new Replies(schedule);

    private Server() throws IOException {
        door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
        door.configureBlocking(false);
        door.register(selector, SelectionKey.OP_ACCEPT);
    }

    public static void main(String[] args) throws IOException {
        endWithStandardInput();
        Server server = new Server();
        System.out.println(((InetSocketAddress) server.door.getLocalAddress()).getPort());
        server.serve();
    }

    private void serve() throws IOException {
        while (true) {
            long wait = schedule.millisToNext();
            if (wait == 0) selector.selectNow(this::ready);
            else selector.select(this::ready, wait);
            schedule.runDue();
        }
    }

    private void ready(SelectionKey key) {
        try {
            if (key.isAcceptable()) accept();
            else ((Connection) key.attachment()).ready();
        } catch (IOException e) {
            // The client went away.
            key.cancel();
            close(key);
        }
    }

    private void accept() throws IOException {
        for (SocketChannel socket = door.accept(); socket != null; socket = door.accept()) {
            socket.configureBlocking(false);
            socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
            SelectionKey key = socket.register(selector, SelectionKey.OP_READ);
            key.attach(new Connection(key, replies));
        }
    }

    private static void close(SelectionKey key) {
        try {
            key.channel().close();
        } catch (IOException e) {
            // It is of no use any more.
        }
    }

    private static void endWithStandardInput() {
        Thread watch = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {}
                    } catch (IOException e) {
                        // As good as its end.
                    }
                    Runtime.getRuntime().halt(0);
                },
                "watch");
        watch.setDaemon(true);
        watch.start();
    }
}
