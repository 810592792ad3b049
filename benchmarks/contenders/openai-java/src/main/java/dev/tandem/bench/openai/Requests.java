package dev.tandem.bench.openai;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.Site;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What both styles of the client ask, and how they read the answers. */
final class Requests {
    private final String model;

    Requests(Site site) {
        model = site.model();
    }

    /** Keeps as many connections as there are calls at once; OkHttp's own choice is five. */
    static OpenAIClient open(Site site) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(site.baseUrl())
                .apiKey(Site.API_KEY)
                .maxIdleConnections(Math.max(site.atOnce(), 5))
                .keepAliveDuration(Duration.ofMinutes(5))
                .build();
    }

    ChatCompletionCreateParams chat(String prompt) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(prompt)
                .build();
    }

    EmbeddingCreateParams embeddings(List<String> texts, Encoding encoding) {
        return EmbeddingCreateParams.builder()
                .model(model)
                .inputOfArrayOfStrings(texts)
                .encodingFormat(EmbeddingCreateParams.EncodingFormat.of(encoding.wireName()))
                .build();
    }

    static String text(ChatCompletion answer) {
        return answer.choices().get(0).message().content().orElseThrow();
    }

    static void pass(ChatCompletionChunk chunk, Consumer<String> onDelta) {
        chunk.choices().forEach(choice -> choice.delta().content().ifPresent(onDelta));
    }

    static long numbers(CreateEmbeddingResponse response) {
        return response.data().stream()
                .mapToLong(embedding -> embedding.embedding().size())
                .sum();
    }
}
