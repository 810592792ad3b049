package dev.tandem.peers;

import dev.tandem.interop.JavaAiClient;
import dev.tandem.provider.Provider;
import dev.tandem.provider.anthropic.Anthropic;
import dev.tandem.provider.gemini.Gemini;
import dev.tandem.provider.ollama.Ollama;
import dev.tandem.provider.openai.OpenAi;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** A wire that both our client and aimock speak, and what aimock does not do on it. */
record Wire(String name, Function<String, Provider> provider, Set<Gap> gaps) {
    private static final String KEY = "sk-nobody-reads-this";

    /** What aimock does otherwise than the real server, or not at all. Our client is not bent to it. */
    enum Gap {
        /** Its nonsense has no line end, so that by lines it is a line cut short. */
        NONSENSE_LINES,
        /** Never says that an answer was cut short. */
        CUT_SHORT,
        EMBEDDINGS,
        MODELS,
        REASONING,
        /** Sends no tool calls with ids; ours are made up. */
        TOOL_CALL_IDS,
        /** Gives tool calls a finish reason that the real server does not know. */
        TOOL_FINISH_REASON,
        /** Counts no tokens. */
        USAGE
    }

    static Stream<Wire> all() {
        return Stream.of(
                new Wire("OpenAI chat", url -> OpenAi.compatible(url + "/v1", KEY), Set.of()),
                new Wire(
                        "OpenAI Responses",
                        url -> OpenAi.builder()
                                .apiKey(KEY)
                                .baseUrl(url + "/v1")
                                .responses()
                                .build(),
                        Set.of(Gap.CUT_SHORT)),
                new Wire(
                        "Anthropic",
                        url -> Anthropic.builder()
                                .apiKey(KEY)
                                .baseUrl(url + "/v1")
                                .build(),
                        Set.of(Gap.EMBEDDINGS)),
                new Wire(
                        "Gemini",
                        url -> Gemini.builder()
                                .apiKey(KEY)
                                .baseUrl(url + "/v1beta")
                                .build(),
                        Set.of(Gap.EMBEDDINGS, Gap.MODELS, Gap.TOOL_FINISH_REASON)),
                new Wire(
                        "Ollama",
                        Ollama::at,
                        Set.of(
                                Gap.CUT_SHORT,
                                Gap.EMBEDDINGS,
                                Gap.NONSENSE_LINES,
                                Gap.REASONING,
                                Gap.TOOL_CALL_IDS,
                                Gap.USAGE)));
    }

    static Stream<Wire> withCutShort() {
        return without(Gap.CUT_SHORT);
    }

    static Stream<Wire> withEmbeddings() {
        return without(Gap.EMBEDDINGS);
    }

    static Stream<Wire> withModels() {
        return without(Gap.MODELS);
    }

    static Stream<Wire> ofEvents() {
        return without(Gap.NONSENSE_LINES);
    }

    static Stream<Wire> withReasoning() {
        return without(Gap.REASONING);
    }

    static Stream<Wire> withUsage() {
        return without(Gap.USAGE);
    }

    private static Stream<Wire> without(Gap gap) {
        return all().filter(wire -> !wire.has(gap));
    }

    boolean has(Gap gap) {
        return gaps.contains(gap);
    }

    JavaAiClient client(Peer peer) {
        return JavaAiClient.builder(provider.apply(peer.url()))
                .model("gpt-5")
                .embeddingModel("embedder")
                .build();
    }

    @Override
    public String toString() {
        return name;
    }
}
