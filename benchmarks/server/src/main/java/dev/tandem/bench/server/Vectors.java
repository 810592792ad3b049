package dev.tandem.bench.server;

import dev.tandem.bench.Encoding;
import dev.tandem.bench.Served;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One batch of embeddings, as numbers and as base64 of the same numbers. */
final class Vectors {
    private final Random random = new Random(7);
    private final float[][] vectors = new float[Served.VECTORS][Served.DIMENSIONS];
    private final ByteBuffer floats;
    private final ByteBuffer base64;

    Vectors() {
        for (float[] vector : vectors) {
            for (int i = 0; i < vector.length; i++)
                vector[i] = (float) (random.nextGaussian() / Math.sqrt(vector.length));
        }
        floats = Http.direct(Http.json(body(Encoding.FLOAT)));
        base64 = Http.direct(Http.json(body(Encoding.BASE64)));
    }

    ByteBuffer floats() {
        return floats.duplicate();
    }

    ByteBuffer base64() {
        return base64.duplicate();
    }

    String body(Encoding encoding) {
        Function<float[], String> embedding = encoding == Encoding.FLOAT ? Vectors::numbers : Vectors::encoded;
        String data = IntStream.range(0, vectors.length)
                .mapToObj(i -> "{\"object\":\"embedding\",\"index\":" + i + ",\"embedding\":"
                        + embedding.apply(vectors[i]) + "}")
                .collect(Collectors.joining(","));
        return "{\"object\":\"list\",\"data\":[" + data
                + "],\"model\":\"text-embedding-3-small\",\"usage\":{\"prompt_tokens\":448,\"total_tokens\":448}}";
    }

    private static String numbers(float[] vector) {
        return IntStream.range(0, vector.length)
                .mapToObj(i -> Float.toString(vector[i]))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String encoded(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return '"' + Base64.getEncoder().encodeToString(bytes.array()) + '"';
    }
}
