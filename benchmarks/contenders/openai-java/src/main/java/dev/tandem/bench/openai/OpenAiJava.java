package dev.tandem.bench.openai;

import com.openai.client.OpenAIClient;
import com.openai.core.http.StreamResponse;
import com.openai.models.chat.completions.ChatCompletionChunk;
import dev.tandem.bench.BlockingCalls;
import dev.tandem.bench.BlockingStreams;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.Site;
import java.util.List;
import java.util.function.Consumer;

/** The blocking client. */
public final class OpenAiJava implements BlockingCalls, BlockingStreams {
    private final Requests requests;
    private final OpenAIClient client;

    public OpenAiJava(Site site) {
        requests = new Requests(site);
        client = Requests.open(site);
    }

    @Override
    public String call(String prompt) {
        return Requests.text(client.chat().completions().create(requests.chat(prompt)));
    }

    @Override
    public void stream(String prompt, Consumer<String> onDelta) {
        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(requests.chat(prompt))) {
            chunks.stream().forEach(chunk -> Requests.pass(chunk, onDelta));
        }
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        return Requests.numbers(client.embeddings().create(requests.embeddings(texts, encoding)));
    }

    @Override
    public void close() {
        client.close();
    }
}
