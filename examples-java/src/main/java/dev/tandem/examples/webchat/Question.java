package dev.tandem.examples.webchat;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import kotlinx.serialization.SerializationException;
import kotlinx.serialization.json.Json;
import kotlinx.serialization.json.JsonElement;
import kotlinx.serialization.json.JsonObject;
import kotlinx.serialization.json.JsonPrimitive;

/** Reads {@code {"text":"…"}}, and says what is wrong with anything else. */
final class Question {
    private static final int MOST_BYTES_OF_A_CHAR = 6; // a JSON escape
    private static final int FRAME_BYTES = 1_000;

    private final int mostChars;

    Question(int mostChars) {
        this.mostChars = mostChars;
    }

    String in(HttpExchange exchange) throws IOException, Refusal {
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        // A form of another site cannot send this type unasked.
        if (type == null
                || !type.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json"))
            throw new Refusal(415, "the question must be sent as application/json");
        JsonElement json = parsed(bodyOf(exchange));
        if (!(json instanceof JsonObject object && object.get("text") instanceof JsonPrimitive text && text.isString()))
            throw new Refusal(400, "the body must be an object like {\"text\":\"Hello\"}");
        return checked(text.getContent());
    }

    private String checked(String text) throws Refusal {
        if (text.isBlank()) throw new Refusal(400, "the question is blank: write something");
        if (text.length() > mostChars)
            throw new Refusal(
                    413,
                    "the question has " + text.length() + " characters, and may have " + mostChars + ": shorten it");
        return text;
    }

    private byte[] bodyOf(HttpExchange exchange) throws IOException, Refusal {
        int most = mostChars * MOST_BYTES_OF_A_CHAR + FRAME_BYTES;
        byte[] body = exchange.getRequestBody().readNBytes(most + 1);
        if (body.length > most)
            throw new Refusal(413, "the body has more than " + most + " bytes: shorten the question");
        return body;
    }

    private static JsonElement parsed(byte[] body) throws Refusal {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return Json.Default.parseToJsonElement(text);
        } catch (CharacterCodingException e) {
            throw new Refusal(400, "the body is not UTF-8");
        } catch (SerializationException e) {
            throw new Refusal(400, "the body is not JSON: send an object like {\"text\":\"Hello\"}");
        }
    }
}
