package dev.tandem.examples.graphbit;

import dev.tandem.interop.CallOptions;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaConversation;
import dev.tandem.interop.JavaTools;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.Embedding;
import dev.tandem.model.Options;
import dev.tandem.model.ToolCall;
import dev.tandem.retrieval.Chunk;
import dev.tandem.retrieval.VectorIndex;
import dev.tandem.retrieval.split.ChunkSize;
import dev.tandem.retrieval.split.Language;
import dev.tandem.retrieval.split.Splitter;
import dev.tandem.retrieval.split.Splitters;
import java.util.List;

/** Tools, and texts that are cut, kept and found again. */
final class Texts {
    private final JavaAiClient ai;
    private final Shown shown;

    Texts(JavaAiClient ai, Shown shown) {
        this.ai = ai;
        this.shown = shown;
    }

    void run() {
        tools();
        splitters();
        memory();
    }

    /** The arguments of a tool that is no method. */
    public record Place(String city) {}

    private void tools() {
        var tools = JavaTools.from(new Weather());
        var lambda = JavaTools.of("get_weather", "The weather in a city", Place.class, place -> "12 cloudy");
        for (var tool : tools) shown.line("ToolRegistry", tool.getName(), tool.getDescription(), tool.getParameters());
        shown.line("execute_tool", new Weather().in("Oslo"), lambda);
        Options options = CallOptions.builder()
                .tools(tools)
                .toolPolicy(p -> p.maxRounds(10).timeoutMillis(30_000).failsWithTool(true))
                .build();
        try (ChatStream stream = ai.blocking().stream("What is the weather in Oslo?", options)) {
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.ToolFinished done) {
                    ToolCall call = done.getCall();
                    shown.line("LlmToolCall", call.getId(), call.getName(), call.getArguments());
                    shown.line("ToolResult", done.getResult(), done.isError());
                }
            }
            shown.line("tools", stream.response().getText());
        }
    }

    private void splitters() {
        ChunkSize size = ChunkSize.chars(1_000).overlap(100);
        for (Splitter splitter : List.of(
                Splitters.characters(size),
                Splitters.recursive(ChunkSize.tokens(200)),
                Splitters.sentences(size),
                Splitters.recursive(size),
                Splitters.markdown(size),
                Splitters.code(Language.PYTHON, size))) {
            for (Chunk chunk : splitter.split("# One\n\nA text. And another one.")) {
                shown.line("TextChunk", chunk.getStart(), chunk.getEnd(), chunk.getMetadata(), chunk.getText());
            }
        }
    }

    private void memory() {
        JavaConversation talk = JavaConversation.of(ai);
        talk.blocking().say("Hello!");
        JavaConversation later =
                JavaConversation.builder(ai).restore(talk.toJson()).build();
        shown.line("restored", later.getMessages());
        VectorIndex<String> facts = new VectorIndex<>();
        facts.add("tea", new Embedding(new float[] {1, 0}), "Anna likes tea");
        shown.line("search", facts.search(new Embedding(new float[] {1, 1}), 3));
    }
}
