package dev.tandem.bench.server;

import dev.tandem.bench.Encoding;
import dev.tandem.bench.Served;
import java.io.ByteArrayOutputStream;

/** The bodies that the server sends, for those who read them without a network. */
public final class Recording {
    private Recording() {}

    /** A whole stream with its end, without HTTP's chunks. */
    public static byte[] stream(Served.Kind kind, int deltas) {
        Deltas texts = new Deltas(kind);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(Chunks.role());
        for (int i = 0; i < deltas; i++) stream.writeBytes(texts.next());
        stream.writeBytes(Chunks.finish());
        stream.writeBytes(Chunks.DONE);
        return stream.toByteArray();
    }

    public static byte[] answer() {
        return Bytes.of(WholeAnswer.body());
    }

    public static byte[] embeddings(Encoding encoding) {
        return Bytes.of(new Vectors().body(encoding));
    }
}
