package dev.tandem.bench.server;

import dev.tandem.bench.Served;
import java.nio.ByteBuffer;

/** A chat completion in one piece, of 600 bytes. */
final class WholeAnswer {
    private static final int BODY_BYTES = 600;
    private static final String TEXT =
            "Structured concurrency ties the life of every task to a scope: the scope ends when "
                    + "its tasks have ended, a failure of one cancels the others, and nothing outlives the block that began it. ";

    private final ByteBuffer reply = Http.direct(Http.json(body()));

    ByteBuffer bytes() {
        return reply.duplicate();
    }

    static String body() {
        String text = TEXT.repeat(2).substring(0, Served.ANSWER_CHARS);
        String body = """
                {"id":"%s","object":"chat.completion","created":%d,"model":"%s","choices":[{"index":0,"message":\
                {"role":"assistant","content":"%s","refusal":null},"finish_reason":"stop"}],\
                "usage":{"prompt_tokens":14,"completion_tokens":52,"total_tokens":66},"system_fingerprint":"%s"}""".formatted(Chunks.ID, Chunks.CREATED, Chunks.MODEL, text, Chunks.FINGERPRINT);
        return body + " ".repeat(BODY_BYTES - body.length());
    }
}
