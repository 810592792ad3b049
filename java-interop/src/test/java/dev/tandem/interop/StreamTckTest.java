package dev.tandem.interop;

import dev.tandem.testing.OpenAiReplies;
import java.util.stream.IntStream;
import org.reactivestreams.Publisher;

/** A streamed answer. */
public class StreamTckTest extends ServerTck {
    private static final long MOST_PIECES = 1_000;

    @Override
    public Publisher<String> createPublisher(long elements) {
        String[] pieces =
                IntStream.range(0, (int) elements).mapToObj(i -> "piece " + i).toArray(String[]::new);
        server.always(OpenAiReplies.stream(pieces));
        return ai.reactive().streamText("Hi");
    }

    @Override
    public long maxElementsFromPublisher() {
        return MOST_PIECES;
    }
}
