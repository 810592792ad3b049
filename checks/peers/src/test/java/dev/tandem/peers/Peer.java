package dev.tandem.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A server that others wrote, on a free port of loopback. */
final class Peer implements AutoCloseable {
    private static final Pattern LISTENS =
            Pattern.compile("(?:listening on http://|running on )(127\\.0\\.0\\.1:\\d+)");
    private static final int PORTS_TO_TRY = 3;

    private final Child child;
    private final String url;

    private Peer(Child child) {
        this.child = child;
        this.url = "http://" + child.awaitSign().group(1);
    }

    /** OpenAI's two wires, Anthropic, Gemini and Ollama, with faults. An unknown question is an error. */
    static Peer aimock() {
        return new Peer(Child.start(
                Node.command(
                        "node_modules/@copilotkit/aimock/dist/cli.js",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "0",
                        "--fixtures",
                        file("aimock.json"),
                        "--validate-on-load",
                        "--strict"),
                Map.of(),
                LISTENS));
    }

    /** OpenAI's chat alone, by another hand: cuts answers into pieces in its own way. */
    static Peer mockLlm() {
        List<String> command =
                Node.command("node_modules/@dwmkerr/mock-llm/dist/main.js", "--config", file("mock-llm.yaml"));
        IllegalStateException failure = new IllegalStateException("no port was free");
        for (int attempt = 0; attempt < PORTS_TO_TRY; attempt++) {
            // It cannot choose a port itself; another process may be faster with this one.
            Map<String, String> environment = Map.of("HOST", "127.0.0.1", "PORT", Integer.toString(freePort()));
            try {
                return new Peer(Child.start(command, environment, LISTENS));
            } catch (IllegalStateException e) {
                failure.addSuppressed(e);
            }
        }
        throw failure;
    }

    String url() {
        return url;
    }

    @Override
    public void close() {
        child.close();
    }

    @Override
    public String toString() {
        return child.toString();
    }

    private static String file(String name) {
        return Node.MODULE.resolve("src/test/peers").resolve(name).toString();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
