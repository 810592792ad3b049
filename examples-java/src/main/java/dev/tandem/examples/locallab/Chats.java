package dev.tandem.examples.locallab;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaConversation;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.provider.locallab.LocalLab;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** Messages instead of a prompt, and a conversation that remembers them. Needs no server; {@code LOCALLAB_BASE_URL} and {@code LOCALLAB_API_KEY} name yours. */
public final class Chats {
    private final JavaAiClient ai;
    private final PrintStream out;

    private Chats(JavaAiClient ai, PrintStream out) {
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
            Chats recipe = new Chats(ai, out);
            recipe.messages();
            recipe.conversation();
        }
    }

    private void messages() {
        ChatRequest talk = ChatRequest.builder()
                .system("Be brief")
                .user("Hello!")
                .assistant("Hello! How can I help you?")
                .user("What is a coroutine?")
                .build();
        ChatResponse response = ai.blocking().chat(talk);
        CompletableFuture<ChatResponse> later = ai.async().chat(talk);
        out.println("sync: " + response.getText() + " ("
                + response.getFinishReason().getRaw() + ")");
        out.println("async: " + later.join().getText());
    }

    /** The history is the client's: the server keeps none. */
    private void conversation() {
        JavaConversation talk = JavaConversation.builder(ai).system("Be brief").build();
        out.println("said: " + talk.blocking().say("Hello!"));
        out.println("said: " + talk.async().say("And again?").join());
        out.println(talk.getMessages().size() + " messages are remembered");
    }
}
