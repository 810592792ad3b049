package dev.tandem.examples.locallab;

import dev.tandem.provider.locallab.LocalLab;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.LocalLabReplies;
import java.util.Map;

/** The server of {@code LOCALLAB_BASE_URL} where there is one, else one that is played in this process: every recipe runs without a server. */
record LabChoice(LocalLab provider, String explanation, AutoCloseable server) implements AutoCloseable {
    static LabChoice from(Map<String, String> environment) {
        if (!environment.getOrDefault("LOCALLAB_BASE_URL", "").isBlank()) {
            return new LabChoice(
                    LocalLab.fromEnvironment(), "Found LOCALLAB_BASE_URL, so this asks that server.", () -> {});
        }
        FakeServer played = FakeServer.start().answering(LocalLabReplies.server());
        return new LabChoice(
                at(played),
                "No LOCALLAB_BASE_URL in the environment, so a server is played that repeats what it is asked.",
                played);
    }

    static LocalLab at(FakeServer server) {
        return LocalLab.at("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
