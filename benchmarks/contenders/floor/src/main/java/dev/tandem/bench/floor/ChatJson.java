package dev.tandem.bench.floor;

import dev.tandem.bench.Encoding;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Bodies of requests, for texts that need no escapes. */
public final class ChatJson {
    private ChatJson() {}

    public static byte[] chat(String model, String prompt) {
        return bytes(beginning(model, prompt) + "}");
    }

    public static byte[] stream(String model, String prompt) {
        return bytes(beginning(model, prompt) + ",\"stream\":true}");
    }

    public static byte[] embeddings(String model, List<String> texts, Encoding encoding) {
        return bytes("{\"model\":\"" + model + "\",\"input\":[\"" + String.join("\",\"", texts)
                + "\"],\"encoding_format\":\"" + encoding.wireName() + "\"}");
    }

    private static String beginning(String model, String prompt) {
        return "{\"model\":\"" + model + "\",\"messages\":[{\"role\":\"user\",\"content\":\"" + prompt + "\"}]";
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
