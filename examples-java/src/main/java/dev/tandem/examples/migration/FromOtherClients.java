package dev.tandem.examples.migration;

import dev.tandem.conversation.History;
import dev.tandem.error.AiException;
import dev.tandem.examples.ProviderChoice;
import dev.tandem.examples.ToolsAndTypes.Person;
import dev.tandem.examples.ToolsAndTypes.Weather;
import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaConversation;
import dev.tandem.interop.JavaTools;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.ModelInfo;
import dev.tandem.model.Options;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** What other clients of the JVM do, done by this one. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class FromOtherClients {
    private static final String PROMPT = "What is the capital of France?";

    private final JavaAiClient ai;
    private final PrintStream out;

    private FromOtherClients(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        out.println(choice.explanation());
        try (JavaAiClient ai = JavaAiClient.builder(choice.provider())
                .timeout(Duration.ofMinutes(2))
                .retry(r -> r.maxAttempts(3))
                .build()) {
            run(ai, out);
        }
    }

    static void run(JavaAiClient ai, PrintStream out) {
        FromOtherClients moved = new FromOtherClients(ai, out);
        moved.answers();
        moved.streams();
        moved.tools();
        moved.objects();
        moved.conversation();
        moved.failures();
    }

    private void answers() {
        out.println(ai.blocking().generate(PROMPT));
        CompletableFuture<String> later = ai.async().generate(PROMPT);
        out.println(later.join());
        ChatRequest request = ChatRequest.builder()
                .system("Be brief")
                .user(PROMPT)
                .temperature(0.2)
                .maxTokens(200)
                .build();
        ChatResponse response = ai.blocking().chat(request);
        out.println(response.getText() + " " + response.getUsage() + " " + response.getFinishReason());
        List<ModelInfo> models = ai.blocking().models().stream().toList();
        out.println(models);
    }

    private void streams() {
        try (BlockingStream<String> words = ai.blocking().streamText(PROMPT)) {
            for (String word : words) out.print(word);
        }
        out.println();
        ai.async().streamText(PROMPT, out::print).join();
        out.println();
    }

    private void tools() {
        Options options =
                CallOptions.builder().tools(JavaTools.from(new Weather())).build();
        out.println(ai.blocking().generate("What is the weather in Oslo?", options));
    }

    private void objects() {
        Person anna = ai.blocking().extract("Extract as JSON: Anna is 31 years old and lives in Oslo.", Person.class);
        out.println(anna);
    }

    private void conversation() {
        JavaConversation talk = JavaConversation.builder(ai)
                .system("Be brief")
                .history(History.lastMessages(10))
                .build();
        out.println(talk.blocking().say("Hello!"));
        out.println(talk.blocking().say(PROMPT));
    }

    private void failures() {
        try {
            out.println(ai.blocking().embed("a text").getVector().length);
        } catch (AiException e) {
            out.println(e.getClass().getSimpleName() + ", again later: " + e.isRetryable());
        }
    }
}
