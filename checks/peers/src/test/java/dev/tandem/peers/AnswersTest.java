package dev.tandem.peers;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaTools;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.FinishReason;
import dev.tandem.model.Message;
import dev.tandem.model.ModelInfo;
import dev.tandem.model.ToolCall;
import dev.tandem.model.ToolDefinition;
import dev.tandem.model.Usage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What aimock answers, on each wire that it and our client speak. */
class AnswersTest {
    private static final Peer AIMOCK = Peer.aimock();
    private static final String HELLO = "Hello from the other side of the socket";
    private static final String TONGUES = "naïve café, 日本語のテキスト, 👩‍🚀🚀 and \"quotes\"\n\tin \\ lines";
    private static final ToolDefinition WEATHER = ToolDefinition.of(
            "get_weather",
            "The weather in a city",
            "{\"type\":\"object\",\"properties\":{\"city\":{\"type\":\"string\"}}}");

    @AfterAll
    static void stop() {
        AIMOCK.close();
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void answersWhole(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK)) {
            ChatResponse response = ai.blocking().chat(ChatRequest.of("say hello"));
            assertEquals(HELLO, response.getText());
            assertEquals(FinishReason.Kind.STOP, response.getFinishReason().getKind());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void answersInPieces(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK);
                ChatStream stream = ai.blocking().stream("say hello")) {
            List<String> pieces = texts(stream);
            assertTrue(pieces.size() > 1, pieces::toString);
            assertEquals(HELLO, String.join("", pieces));
            assertEquals(HELLO, stream.response().getText());
            assertEquals(
                    FinishReason.Kind.STOP, stream.response().getFinishReason().getKind());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void keepsEveryTongueWhole(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK);
                ChatStream stream = ai.blocking().stream("write in many tongues")) {
            assertEquals(TONGUES, String.join("", texts(stream)));
            assertEquals(TONGUES, ai.blocking().generate("write in many tongues"));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void carriesConversations(Wire wire) {
        ChatRequest request = ChatRequest.builder()
                .system("Be kind")
                .user("take for ever")
                .assistant("No")
                .user("say hello")
                .build();
        try (JavaAiClient ai = wire.client(AIMOCK)) {
            assertEquals(HELLO, ai.blocking().chat(request).getText());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#withUsage")
    void countsTokens(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK);
                ChatStream stream = ai.blocking().stream("say hello")) {
            Usage expected = Usage.of(10, 5);
            assertEquals(
                    expected, ai.blocking().chat(ChatRequest.of("say hello")).getUsage());
            assertEquals(HELLO, String.join("", texts(stream)));
            assertEquals(expected, stream.response().getUsage());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#withReasoning")
    void tellsThoughtsFromAnswers(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK);
                ChatStream stream = ai.blocking().stream("think first")) {
            assertEquals("42", String.join("", texts(stream)));
            assertEquals("Six times seven", stream.response().getMessage().getReasoning());
            Message whole = ai.blocking().chat(ChatRequest.of("think first")).getMessage();
            assertEquals("42", whole.getText());
            assertEquals("Six times seven", whole.getReasoning());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#withCutShort")
    void saysWhenTheAnswerIsCutShort(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK);
                ChatStream stream = ai.blocking().stream("run out of room")) {
            assertTrue(ai.blocking()
                    .chat(ChatRequest.of("run out of room"))
                    .getFinishReason()
                    .isTruncated());
            assertEquals("This goes on and", String.join("", texts(stream)));
            assertTrue(stream.response().getFinishReason().isTruncated());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void callsToolsAndTakesTheirResults(Wire wire) {
        ChatRequest request =
                ChatRequest.builder().tool(WEATHER).user("weather").build();
        try (JavaAiClient ai = wire.client(AIMOCK)) {
            ChatResponse asked = ai.blocking().chat(request);
            checkCalls(wire, asked, "call_1");
            ChatRequest.Builder next = request.newBuilder().message(asked.getMessage());
            asked.getToolCalls().forEach(call -> next.message(Message.tool(call.getId(), "sunny")));
            assertEquals(
                    "It is sunny in Paris", ai.blocking().chat(next.build()).getText());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void runsTheToolItselfAndGoesOn(Wire wire) {
        List<String> asked = new CopyOnWriteArrayList<>();
        ChatRequest request = ChatRequest.builder()
                .tool(JavaTools.of("get_weather", "The weather in a city", Place.class, place -> {
                    asked.add(place.city());
                    return "sunny";
                }))
                .user("weather")
                .build();
        try (JavaAiClient ai = wire.client(AIMOCK);
                ChatStream stream = ai.blocking().stream(request)) {
            assertEquals("It is sunny in Paris", ai.blocking().chat(request).getText());
            assertEquals("It is sunny in Paris", String.join("", texts(stream)));
            assertEquals(2, stream.response().getSteps().size());
        }
        assertEquals(List.of("Paris", "Paris"), asked);
    }

    /** The arguments of a tool. */
    record Place(String city) {}

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#all")
    void streamsToolCalls(Wire wire) {
        ChatRequest request =
                ChatRequest.builder().tool(WEATHER).user("two errands").build();
        try (JavaAiClient ai = wire.client(AIMOCK);
                ChatStream stream = ai.blocking().stream(request)) {
            List<ChatEvent.ToolCallDelta> deltas = new ArrayList<>();
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.ToolCallDelta delta) deltas.add(delta);
            }
            assertFalse(deltas.isEmpty());
            checkCalls(wire, stream.response(), "call_1", "call_2");
            assertEquals(
                    "{\"city\":\"Oslo\"}",
                    deltas.stream()
                            .filter(delta -> delta.getIndex() == 1)
                            .map(ChatEvent.ToolCallDelta::getArguments)
                            .collect(joining()));
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#withEmbeddings")
    void embeds(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK)) {
            float[] expected = {0.25f, -0.5f, 1f};
            assertArrayEquals(expected, ai.blocking().embed("a vector").getVector());
            assertEquals(
                    2, ai.blocking().embedMany(List.of("a vector", "another")).size());
        }
    }

    @ParameterizedTest
    @MethodSource("dev.tandem.peers.Wire#withModels")
    void listsModels(Wire wire) {
        try (JavaAiClient ai = wire.client(AIMOCK)) {
            List<String> ids =
                    ai.blocking().models().stream().map(ModelInfo::getId).toList();
            assertTrue(ids.contains("gpt-4o"), ids::toString);
        }
    }

    private static List<String> texts(ChatStream stream) {
        return stream.stream()
                .map(ChatEvent::getText)
                .filter(text -> !text.isEmpty())
                .toList();
    }

    private static void checkCalls(Wire wire, ChatResponse response, String... ids) {
        List<ToolCall> calls = response.getToolCalls();
        assertEquals(ids.length, calls.size());
        assertEquals("get_weather", calls.get(0).getName());
        assertEquals("{\"city\":\"Paris\"}", calls.get(0).getArguments());
        List<String> given = calls.stream().map(ToolCall::getId).toList();
        if (wire.has(Wire.Gap.TOOL_CALL_IDS)) {
            assertEquals(
                    ids.length,
                    given.stream().filter(id -> !id.isBlank()).distinct().count(),
                    given::toString);
        } else {
            assertEquals(List.of(ids), given);
        }
        if (!wire.has(Wire.Gap.TOOL_FINISH_REASON)) {
            assertEquals(
                    FinishReason.Kind.TOOL_CALLS, response.getFinishReason().getKind());
        }
    }
}
