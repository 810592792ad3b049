package dev.tandem.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tandem.AiClient;
import dev.tandem.batch.provider.BatchAnswer;
import dev.tandem.batch.provider.BatchState;
import dev.tandem.batch.provider.Intent;
import dev.tandem.batch.provider.Pauses;
import dev.tandem.batch.provider.ProviderBatches;
import dev.tandem.batch.provider.Ticket;
import dev.tandem.batch.provider.WrittenRequest;
import dev.tandem.model.ChatRequest;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.AnthropicBatchPlay;
import dev.tandem.testing.AnthropicReplies;
import dev.tandem.testing.BatchPlay;
import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiBatchPlay;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.EmptyCoroutineContext;
import kotlinx.coroutines.BuildersKt;
import kotlinx.coroutines.flow.FlowKt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Batches: ours before aimock, and those of official clients before our plays. */
class BatchesTest {
    private static final Pattern LOOK = Pattern.compile("GET /v1/(?:messages/)?batches/([a-z_0-9]+)");
    private static final Pattern ANYTHING = Pattern.compile("");

    /** It begins a batch when it is looked at for the first time, and ends it at the second. */
    @Test
    void aimockTakesOurBatches() throws InterruptedException {
        try (Peer aimock = Peer.aimock();
                AiClient ai = AiClient.builder(OpenAi.compatible(aimock.url() + "/v1", "sk-loopback"))
                        .model("m")
                        .build()) {
            Pauses pauses = Pauses.builder().firstMillis(1).longestMillis(1).build();
            ProviderBatches batches = ProviderBatches.of(ai, pauses);
            List<WrittenRequest> requests = new ArrayList<>();
            for (String prompt : List.of("one", "two", "three")) {
                requests.add(this.<WrittenRequest>await(k -> batches.write(ChatRequest.of(prompt), k)));
            }
            Intent intent = batches.intend("a key of ours", requests.size());
            assertNull(this.<Ticket>await(k -> batches.find(intent, List.of(), k)));
            Ticket ticket = this.<Ticket>await(k -> batches.submit(intent, requests, k));
            assertEquals(ticket, this.<Ticket>await(k -> ProviderBatches.of(ai).find(intent, List.of(), k)));
            assertEquals(
                    BatchState.Phase.DONE,
                    this.<BatchState>await(k -> batches.await(ticket, k)).getPhase());
            List<? extends BatchAnswer> answers = this.<List<? extends BatchAnswer>>await(
                    k -> FlowKt.toList(batches.results(ticket), new ArrayList<>(), k));
            assertEquals(
                    List.of(0, 1, 2),
                    answers.stream().map(BatchAnswer::getIndex).sorted().toList());
            for (BatchAnswer answer : answers) {
                BatchAnswer.Answered answered = assertInstanceOf(BatchAnswer.Answered.class, answer);
                assertEquals("Mock batch completion", answered.getResponse().getText());
                assertEquals(2, answered.getResponse().getUsage().getTotalTokens());
            }
        }
    }

    static Stream<Arguments> clients() {
        return Stream.of(
                arguments(
                        "openai-batches", new OpenAiBatchPlay(), (Function<String, Reply>) body -> body.contains("fail")
                                ? OpenAiReplies.error(400, "no", "invalid_request_error", null)
                                : OpenAiReplies.chat("one")),
                arguments("anthropic-batches", new AnthropicBatchPlay(), (Function<String, Reply>) body ->
                        body.contains("fail") ? AnthropicReplies.error(400, "no") : AnthropicReplies.chat("one")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("clients")
    void officialClientsUnderstandOurPlays(String program, BatchPlay play, Function<String, Reply> answers)
            throws InterruptedException {
        play.setPageSize(1);
        try (FakeServer server = FakeServer.start().answering(request -> played(play, request, answers));
                Child client = Child.start(
                        Node.command("src/test/node/" + program + ".js", "http://127.0.0.1:" + server.getPort()),
                        Map.of(),
                        ANYTHING)) {
            String expected = Stream.of("whole", "list", "cancel")
                    .map(check -> "{\"check\":\"" + check + "\",\"ok\":true}")
                    .reduce((a, b) -> a + "\n" + b)
                    .orElseThrow();
            assertEquals(expected, String.join("\n", client.awaitEnd()));
            assertEquals(0, client.exitCode());
        }
    }

    /** A batch ends when it is looked at. */
    private static Reply played(BatchPlay play, FakeRequest request, Function<String, Reply> answers) {
        Matcher look = LOOK.matcher(request.getMethod() + " " + request.getPath());
        if (look.matches()) play.complete(look.group(1), answers::apply);
        return play.answer(request);
    }

    private interface Suspending<T> {
        Object on(Continuation<? super T> k);
    }

    private <T> T await(Suspending<T> call) throws InterruptedException {
        return BuildersKt.<T>runBlocking(EmptyCoroutineContext.INSTANCE, (scope, k) -> call.on(k));
    }
}
