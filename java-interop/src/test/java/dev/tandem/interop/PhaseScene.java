package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.PATIENCE_SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.testing.FakeRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.MuteServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import dev.tandem.tool.Tool;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** A client, and a server that leaves each call in the phase that it was prepared for. */
final class PhaseScene implements AfterEachCallback {
    private static final long BOUND_MILLIS = 1_000;
    private static final String AGAIN = "And?";

    final FakeServer server = FakeServer.start();
    final CountDownLatch firstEvent = new CountDownLatch(1);
    private final MuteServer mute = MuteServer.start();
    JavaAiClient ai = Fixtures.clientOf(server);

    /** What the server will do. */
    void prepare(Phase phase) {
        switch (phase) {
            case CONNECTING -> use(Fixtures.clientOf(mute.getUrl()));
            case BEFORE_THE_HEAD -> server.enqueue(Reply.silence());
            case IN_MID_STREAM -> server.enqueue(OpenAiReplies.streamThenHold("one"));
            case WITHIN_A_TOOL -> {
                Tool tool =
                        JavaTools.of("ask", "Asks again", () -> ai.blocking().generate(AGAIN));
                use(Fixtures.builderOf(server.getUrl()).tools(tool).build());
                server.answering(PhaseScene::askedOrSilent);
            }
        }
    }

    private static Reply askedOrSilent(FakeRequest request) {
        if (request.getBody().contains(AGAIN)) return Reply.silence();
        boolean isStream = request.getBody().contains("\"stream\":true");
        return isStream ? OpenAiReplies.streamToolCall("c", "ask", "{}") : OpenAiReplies.toolCall("c", "ask", "{}");
    }

    private void use(JavaAiClient other) {
        ai.close();
        ai = other;
    }

    void awaitPhase(Phase phase) throws InterruptedException {
        awaitRequest(phase);
        if (phase == Phase.IN_MID_STREAM) assertTrue(firstEvent.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    }

    /** Without a reader nobody knows of the first piece; all else can be seen at the server. */
    void awaitRequest(Phase phase) {
        if (phase == Phase.CONNECTING) mute.awaitConnection();
        else server.awaitRequest();
        if (phase == Phase.WITHIN_A_TOOL) server.awaitRequest();
    }

    void awaitHangUp(Phase phase) {
        if (phase == Phase.CONNECTING) mute.awaitHangUp(BOUND_MILLIS);
        else server.awaitHangUp(BOUND_MILLIS);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        ai.close();
        server.close();
        mute.close();
    }
}
