package dev.tandem.examples.project;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.examples.Printed;
import dev.tandem.testing.FakeServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ProjectClientTest {
    @Test
    @Timeout(30)
    void oneClientForAllOfAProject() throws Exception {
        PlayedProject project = new PlayedProject();
        try (FakeServer server = FakeServer.start().answering(project::answer)) {
            Printed printed = Printed.by(out -> ProjectClient.run(server.getUrl(), project::nextToken, out));
            printed.has(
                    "chat: Hello\n",
                    "embeddings: Embedding(2 dimensions)",
                    "models: [ModelInfo(fake-1), ModelInfo(fake-2)]",
                    "a file: \"file-1\"",
                    "a file: \"file-3\"",
                    "a file, later: \"file-3\"",
                    "a file, as wanted: \"file-3\"\n",
                    "a job: completed",
                    "a job, later: completed",
                    "raw: {\"requests\":12}",
                    "typed: NotFoundException, status 404",
                    "  chat to openai: Completed(in ");
            assertEquals(2, project.tokensGiven());
            assertEquals(
                    2,
                    server.getRequests().stream()
                            .filter(request -> request.getMethod().equals("POST")
                                    && request.getPath().endsWith("/batches"))
                            .count());
        }
    }
}
