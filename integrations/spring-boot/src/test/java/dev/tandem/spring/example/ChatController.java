package dev.tandem.spring.example;

import dev.tandem.error.AiException;
import dev.tandem.interop.JavaAiClient;
import org.springframework.http.MediaType;
import org.springframework.http.codec.ServerSentEvent;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import reactor.core.publisher.Flux;

/** An answer while it is made, for a browser's {@code EventSource}. */
@RestController
public class ChatController {
    /** JSON, since a bare text would lose the blank that it begins with. */
    record Piece(String text) {}

    private final JavaAiClient ai;

    ChatController(JavaAiClient ai) {
        this.ai = ai;
    }

    @GetMapping(path = "/chat", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    Flux<ServerSentEvent<Piece>> chat(@RequestParam String prompt) {
        return Flux.from(ai.reactive().streamText(prompt))
                .map(text -> event("piece", text))
                .concatWithValues(event("end", ""))
                .onErrorResume(
                        AiException.class,
                        e -> Flux.just(event("failed", e.getClass().getSimpleName())));
    }

    private static ServerSentEvent<Piece> event(String name, String text) {
        return ServerSentEvent.<Piece>builder()
                .event(name)
                .data(new Piece(text))
                .build();
    }
}
