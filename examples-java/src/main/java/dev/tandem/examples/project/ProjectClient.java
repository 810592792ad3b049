package dev.tandem.examples.project;

import dev.tandem.error.NotFoundException;
import dev.tandem.examples.PrintingSubscriber;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.TokenSources;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.RawRequest;
import dev.tandem.pipeline.CallEvent;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import kotlinx.serialization.json.JsonObject;

/**
 * One endpoint and one source of tokens for all that a project needs. Needs no key: a server is played. With one of your own, give
 * {@code run} its URL, and a supplier that fetches tokens, such as {@code () -> credential.getToken(scope)}, or that gives the same key
 * each time: {@code () -> System.getenv("OPENAI_API_KEY")}.
 */
public final class ProjectClient {
    private final JavaAiClient ai;
    private final PrintStream out;

    private ProjectClient(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PlayedProject project = new PlayedProject();
        try (FakeServer server = FakeServer.start().answering(project::answer)) {
            run(server.getUrl(), project::nextToken, out);
        }
    }

    static void run(String endpoint, Supplier<String> tokens, PrintStream out) {
        OpenAi provider = OpenAi.builder()
                .baseUrl(endpoint)
                .tokens(TokenSources.of(tokens))
                .build();
        try (JavaAiClient ai = JavaAiClient.builder(provider)
                .model("fake-1")
                .embeddingModel("fake-2")
                .listener((call, event) -> {
                    if (event instanceof CallEvent.Completed) out.println("  " + call + ": " + event);
                })
                .build()) {
            ProjectClient recipe = new ProjectClient(ai, out);
            recipe.chatAndVectors();
            recipe.lists();
            recipe.longRunning();
            recipe.whatHasNoName();
        }
    }

    /** A token that the provider refuses is fetched anew, once, and the call goes on. */
    private void chatAndVectors() {
        out.println("chat: " + ai.blocking().chat(ChatRequest.of("Hello")).getText());
        out.println("chat: " + ai.async().chat(ChatRequest.of("Hello")).join().getText());
        out.println("embeddings: " + ai.blocking().embed("a text"));
        out.println("models: " + ai.blocking().models());
    }

    /** Page by page, as they are read: who has enough leaves the next one where it is. */
    private void lists() {
        Files files = new Files(ai);
        try (var each = files.list()) {
            for (JsonObject file : each) out.println("a file: " + file.get("id"));
        }
        files.listLater(file -> out.println("a file, later: " + file.get("id"))).join();
        PrintingSubscriber<JsonObject> subscriber =
                new PrintingSubscriber<>(out, file -> "a file, as wanted: " + file.get("id") + "\n");
        files.listAsWanted().subscribe(subscriber);
        subscriber.await();
    }

    /** Begun once, and asked for until it is done. */
    private void longRunning() {
        Jobs jobs = new Jobs(ai);
        out.println("a job: " + jobs.await(jobs.start("{\"input_file_id\": \"file-1\"}")));
        out.println("a job, later: "
                + jobs.startLater("{\"input_file_id\": \"file-2\"}")
                        .thenCompose(jobs::awaitLater)
                        .join());
    }

    /** The same key, timers, retries, errors and telemetry for whatever the provider has besides. */
    private void whatHasNoName() {
        out.println(
                "raw: " + ai.blocking().send(RawRequest.get("/usage?days=7")).getBody());
        try {
            ai.blocking().send(RawRequest.get("/files/file-9"));
        } catch (NotFoundException e) {
            out.println("typed: " + e.getClass().getSimpleName() + ", status " + e.getStatus());
        }
    }
}
