package hello;

import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.model.ChatEvent;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;

/** A user's first lines, before a server on this machine. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) {
        try (FakeServer server = FakeServer.start().enqueue(OpenAiReplies.chat("Hello"), OpenAiReplies.stream("from ", "Java"));
                JavaAiClient ai = JavaAiClient.builder(OpenAi.compatible(server.getUrl())).model("any").build()) {
            StringBuilder said = new StringBuilder(ai.async().generate("Hi").join()).append(' ');
            try (ChatStream stream = ai.blocking().stream("And?")) {
                for (ChatEvent event : stream) said.append(event.getText());
            }
            System.out.println(said + ", " + ai.version());
        }
    }
}
