package dev.tandem.bench.server;

import dev.tandem.bench.Served;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A stream as fast as the socket takes it: one block of events, made once and sent again and again. */
final class Backlog {
    private static final int BLOCK_DELTAS = 1_000;
    private static final int CHUNK_BYTES = 8_192;

    private final ByteBuffer begin = Http.direct(Http.joined(Http.eventStreamHead(), Http.chunk(Chunks.role())));
    private final ByteBuffer block;
    private final int blocks;
    private final ByteBuffer end = end(Chunks.finish());
    private final ByteBuffer endWithUsage = end(Http.joined(Chunks.finish(), Chunks.usage()));

    Backlog(Served served) {
        block = Http.direct(block(served.kind()));
        blocks = served.deltas() / BLOCK_DELTAS;
        if (blocks * BLOCK_DELTAS != served.deltas()) {
            throw new IllegalArgumentException("not a multiple of " + BLOCK_DELTAS + ": " + served.deltas());
        }
    }

    void sendTo(Connection connection, boolean hasUsage) {
        connection.send(begin.duplicate());
        connection.send(new Blocks());
        connection.send((hasUsage ? endWithUsage : end).duplicate());
    }

    private static byte[] block(Served.Kind kind) {
        Deltas deltas = new Deltas(kind);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        for (int i = 0; i < BLOCK_DELTAS; i++) {
            chunk.writeBytes(deltas.next());
            boolean full = kind == Served.Kind.EACH || chunk.size() >= CHUNK_BYTES || i == BLOCK_DELTAS - 1;
            if (!full) continue;
            all.writeBytes(Http.chunk(chunk.toByteArray()));
            chunk.reset();
        }
        return all.toByteArray();
    }

    private static ByteBuffer end(byte[] lastEvents) {
        return Http.direct(Http.joined(Http.chunk(Http.joined(lastEvents, Chunks.DONE)), Http.LAST_CHUNK));
    }

    private final class Blocks implements Connection.Output {
        private int left = blocks;
        private ByteBuffer current = block.duplicate();

        @Override
        public boolean writeTo(SocketChannel socket) throws IOException {
            while (left > 0) {
                socket.write(current);
                if (current.hasRemaining()) return false;
                current = block.duplicate();
                left--;
            }
            return true;
        }
    }
}
