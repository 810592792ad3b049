package dev.tandem.peers;

import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What our fake server says to which question: the path, then the model if the body names one, then {@code stream}. */
final class Script {
    private static final Pattern MODEL = Pattern.compile("\"model\":\"([^\"]+)\"");

    private final Map<String, Reply> replies = new HashMap<>();

    Script on(String question, Reply reply) {
        if (replies.put(question, reply) != null) throw new IllegalArgumentException("two replies to " + question);
        return this;
    }

    /** The same question asked both ways. */
    Script on(String question, Reply whole, Reply streamed) {
        return on(question, whole).on(question + " stream", streamed);
    }

    Reply reply(FakeRequest request) {
        String question = question(request);
        Reply reply = replies.get(question);
        return reply == null ? Reply.error(418, "{\"error\":\"not in the script: " + question + "\"}") : reply;
    }

    private static String question(FakeRequest request) {
        String body = request.getBody();
        Matcher model = MODEL.matcher(body);
        return request.getPath()
                + (model.find() ? " " + model.group(1) : "")
                + (body.contains("\"stream\":true") ? " stream" : "");
    }
}
