package dev.tandem.examples.locallab;

import dev.tandem.examples.PrintingSubscriber;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatRequest;
import dev.tandem.provider.locallab.LocalLab;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Both streams of a LocalLab server, of a prompt and of a conversation, in each style. Needs no server; {@code LOCALLAB_BASE_URL} and {@code LOCALLAB_API_KEY} name yours. */
public final class Streams {
    private static final ChatRequest TALK = ChatRequest.builder()
            .user("Hello!")
            .assistant("Hello! How can I help you?")
            .user("What is streaming?")
            .build();

    private final JavaAiClient ai;
    private final PrintStream out;

    private Streams(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (LabChoice choice = LabChoice.from(System.getenv())) {
            out.println(choice.explanation());
            run(choice.provider(), out);
        }
    }

    static void run(LocalLab provider, PrintStream out) {
        try (JavaAiClient ai = JavaAiClient.builder(provider).build()) {
            Streams recipe = new Streams(ai, out);
            recipe.sync();
            recipe.async();
            recipe.reactive();
        }
    }

    private void sync() {
        try (BlockingStream<String> pieces = ai.blocking().streamText("What is streaming?")) {
            for (String piece : pieces) out.print(piece);
        }
        out.println(" (sync, /generate)");
        try (BlockingStream<String> pieces = ai.blocking().streamText(TALK)) {
            for (String piece : pieces) out.print(piece);
        }
        out.println(" (sync, /chat)");
    }

    private void async() {
        ai.async().streamText("What is streaming?", out::print).join();
        out.println(" (async, /generate)");
        ai.async().streamText(TALK, out::print).join();
        out.println(" (async, /chat)");
    }

    private void reactive() {
        PrintingSubscriber<ChatEvent> subscriber = new PrintingSubscriber<>(out, ChatEvent::getText);
        ai.reactive().stream("What is streaming?").subscribe(subscriber);
        subscriber.await();
        out.println(" (reactive, /generate)");
    }
}
