package dev.tandem.bench.langchain4j;

import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

final class StreamHandler implements StreamingChatResponseHandler {
    private final Consumer<String> onDelta;
    private final CompletableFuture<ChatResponse> end = new CompletableFuture<>();

    StreamHandler(Consumer<String> onDelta) {
        this.onDelta = onDelta;
    }

    CompletableFuture<ChatResponse> end() {
        return end;
    }

    @Override
    public void onPartialResponse(String text) {
        onDelta.accept(text);
    }

    @Override
    public void onCompleteResponse(ChatResponse response) {
        end.complete(response);
    }

    @Override
    public void onError(Throwable failure) {
        end.completeExceptionally(failure);
    }
}
