package dev.tandem.examples.webchat;

import com.sun.net.httpserver.HttpExchange;
import dev.tandem.examples.cli.shell.Json;
import dev.tandem.examples.webchat.chat.Answer;
import dev.tandem.examples.webchat.chat.Turn;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** An answer as lines of JSON: its pieces, then how it ended. Empty lines say nothing but that the server is there. */
final class AnswerLines {
    private static final byte[] STILL_HERE = {'\n'};

    private final Duration heartbeat;

    AnswerLines(Duration heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** Asks for a piece when the one before is written and flushed. The thread of the request waits here, and none of the model's. */
    void write(Answer answer, HttpExchange exchange) throws IOException {
        try {
            OutputStream out = Replies.lines(exchange);
            send(out, STILL_HERE);
            Optional<String> piece = answer.next(heartbeat);
            while (piece.isPresent()) {
                String text = piece.get();
                send(out, text.isEmpty() ? STILL_HERE : line(new Json().put("text", text)));
                piece = answer.next(heartbeat);
            }
            Turn turn = answer.soFar();
            send(out, line(new Json().put("end", nameOf(turn)).put("note", turn.note())));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            // The browser is gone, if anything still comes.
            answer.stop();
        }
    }

    static String nameOf(Turn turn) {
        return turn.end().name().toLowerCase(Locale.ROOT);
    }

    private static byte[] line(Json object) {
        return (object + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static void send(OutputStream out, byte[] line) throws IOException {
        out.write(line);
        out.flush();
    }
}
