package dev.tandem.examples.project;

import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.util.concurrent.atomic.AtomicInteger;

/** A server with three files and slow jobs, which takes no token but the second one: the first has run out. */
final class PlayedProject {
    private final AtomicInteger tokens = new AtomicInteger();
    private final AtomicInteger looks = new AtomicInteger();

    String nextToken() {
        return "token-" + tokens.incrementAndGet();
    }

    int tokensGiven() {
        return tokens.get();
    }

    Reply answer(FakeRequest request) {
        if (!"Bearer token-2".equals(request.header("Authorization"))) {
            return OpenAiReplies.error(401, "the token has run out", "invalid_request_error", "invalid_api_key");
        }
        String path = request.getPath().replaceFirst("/v1", "");
        if (path.equals("/chat/completions")) return OpenAiReplies.chat("Hello");
        if (path.equals("/embeddings")) return OpenAiReplies.embeddings(new float[] {1, 0});
        if (path.equals("/models")) return OpenAiReplies.models("fake-1", "fake-2");
        if (path.equals("/batches")) return Reply.json("{\"id\":\"job-1\",\"status\":\"in_progress\"}");
        if (path.equals("/batches/job-1")) return job();
        if (path.startsWith("/files?")) return files(path.contains("after="));
        if (path.startsWith("/usage")) return Reply.json("{\"requests\":12}");
        return OpenAiReplies.error(404, "there is no " + path, "invalid_request_error", null);
    }

    /** Done at every third look. */
    private Reply job() {
        String status = looks.incrementAndGet() % 3 == 0 ? "completed" : "in_progress";
        return Reply.json("{\"id\":\"job-1\",\"status\":\"" + status + "\"}");
    }

    private static Reply files(boolean isLastPage) {
        return isLastPage
                ? Reply.json("{\"data\":[{\"id\":\"file-3\"}],\"has_more\":false}")
                : Reply.json("{\"data\":[{\"id\":\"file-1\"},{\"id\":\"file-2\"}],\"has_more\":true}");
    }
}
