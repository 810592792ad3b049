package dev.tandem.bench.tandem;

import dev.tandem.AiClient;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.Site;
import dev.tandem.model.Embedding;
import dev.tandem.model.EmbeddingRequest;
import dev.tandem.provider.openai.OpenAi;
import java.util.List;

/** The client that all four styles are views of, as it comes. */
final class Clients {
    private Clients() {}

    static AiClient open(Site site) {
        OpenAi provider =
                OpenAi.builder().baseUrl(site.baseUrl()).apiKey(Site.API_KEY).build();
        return AiClient.builder(provider)
                .model(site.model())
                .engine(Engines.chosen())
                .build();
    }

    static EmbeddingRequest embeddings(List<String> texts, Encoding encoding) {
        return EmbeddingRequest.builder()
                .inputs(texts)
                .extra("encoding_format", encoding.wireName())
                .build();
    }

    static long numbers(List<Embedding> embeddings) {
        return embeddings.stream().mapToLong(Embedding::getDimensions).sum();
    }
}
