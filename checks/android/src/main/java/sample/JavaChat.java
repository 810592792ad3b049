package sample;

import dev.tandem.interop.CallOptions;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaTools;
import dev.tandem.interop.annotation.Description;
import dev.tandem.interop.annotation.Param;
import dev.tandem.interop.annotation.Tool;
import dev.tandem.provider.openai.OpenAi;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One question at a time in Java: the answer is shown on {@code main}, the executor of the main thread. */
public final class JavaChat {
    private final JavaAiClient ai;
    private final Executor main;
    private @Nullable CompletableFuture<@Nullable Void> turn;

    public JavaChat(JavaAiClient ai, Executor main) {
        this.ai = ai;
        this.main = main;
    }

    /** {@code end} gets what went wrong, or null. */
    public void send(String text, Consumer<String> show, Consumer<@Nullable Throwable> end) {
        stop();
        turn = ai.async()
                .streamText(text, piece -> main.execute(() -> show.accept(piece)))
                .whenCompleteAsync(
                        (done, failure) -> end.accept(failure instanceof CancellationException ? null : failure), main);
    }

    /** Closes the connection; also to be called by {@code onCleared} or {@code onDestroy}. */
    public void stop() {
        if (turn != null) turn.cancel(true);
    }

    /** Found by reflection: the rules in the jar keep its method and the names of the parameters. */
    static final class Weather {
        @Tool("The weather in a city")
        String weather(@Param("its name") String city) {
            return "4 degrees in " + city;
        }
    }

    /** Filled by reflection: the rules in the jar keep it as it is, for it has a description. */
    @Description("A city")
    static final class Town {
        public String name = "";
        public int people;
    }

    static void run(String url) {
        OpenAi server = OpenAi.builder().baseUrl(url).apiKey("token-2").build();
        try (JavaAiClient ai = JavaAiClient.builder(server).model("chat").build()) {
            CompletableFuture<String> shown = new CompletableFuture<>();
            StringBuilder answer = new StringBuilder();
            new JavaChat(ai, Runnable::run)
                    .send("Count", answer::append, failure -> shown.complete(answer + ", failed with " + failure));
            System.out.println("java stream: " + shown.join());
            Town town = ai.blocking().extract("Oslo has 709,000 people", Town.class);
            System.out.println("java typed: " + town.name + ", " + town.people);
            CallOptions tools = CallOptions.builder().tools(JavaTools.from(new Weather()));
            System.out.println("java tool: " + ai.blocking().generate("Do I need a coat?", tools.build()));
        }
    }
}
