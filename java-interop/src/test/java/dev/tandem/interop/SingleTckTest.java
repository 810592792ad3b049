package dev.tandem.interop;

import dev.tandem.testing.OpenAiReplies;
import org.reactivestreams.Publisher;

/** A plain answer: a publisher of one. */
public class SingleTckTest extends ServerTck {
    @Override
    public Publisher<String> createPublisher(long elements) {
        server.always(OpenAiReplies.chat("x"));
        return ai.reactive().generate("Hi");
    }

    @Override
    public long maxElementsFromPublisher() {
        return 1;
    }
}
