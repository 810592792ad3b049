package dev.tandem.examples.webchat;

import com.sun.net.httpserver.HttpServer;
import dev.tandem.error.AiException;
import dev.tandem.examples.ProviderChoice;
import dev.tandem.examples.webchat.chat.Chats;
import dev.tandem.examples.webchat.chat.Limits;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.llama.Llama;
import dev.tandem.provider.Provider;
import java.io.IOException;
import java.io.PrintStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A chat in the browser, for this machine alone: {@code WebChat [--port 8080]}. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class WebChat implements AutoCloseable {
    private static final int PORT = 8080;
    private static final int MOST_PORT = 65_535;
    private static final int USAGE = 2;
    private static final int PEBBLES_TURNS = 3;

    private final HttpServer server;
    private final ExecutorService threads;
    private final Chats chats;

    private WebChat(HttpServer server, ExecutorService threads, Chats chats) {
        this.server = server;
        this.threads = threads;
        this.chats = chats;
    }

    public static void main(String[] args) throws IOException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int port = PORT;
        try {
            port = portIn(args);
            run(port, out);
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            System.exit(USAGE);
        } catch (BindException e) {
            out.println("Port " + port + " is in use: choose another, as in --port 8081.");
            System.exit(1);
        }
    }

    private static void run(int port, PrintStream out) throws IOException {
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        JavaAiClient ai = JavaAiClient.builder(choice.provider()).build();
        WebChat chat = start(ai, choice.explanation(), port, limitsFor(choice.provider()));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            chat.close();
            ai.close();
        }));
        out.println(choice.explanation());
        out.println("Open " + chat.url() + " in a browser. Ctrl-C ends it.");
        warmUp(ai, out);
    }

    /** So that the first question need not wait for the model to be loaded, or the connection to be open. */
    private static void warmUp(JavaAiClient ai, PrintStream out) {
        try {
            ai.blocking().warmUp();
        } catch (AiException e) {
            out.println(e.getMessage());
        }
    }

    /** The bundled model loses the thread when it is told more. */
    static Limits limitsFor(Provider provider) {
        return provider instanceof Llama ? Limits.STANDARD.withSentTurns(PEBBLES_TURNS) : Limits.STANDARD;
    }

    /** Port 0 is one that is free. The client stays the caller's. */
    public static WebChat start(JavaAiClient ai, String about, int port, Limits limits) throws IOException {
        // Pieces of an answer are small, and are not to wait for each other. Read once in a process, by the first
        // server.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        // A thread for each answer under way, of which each chat has one at most.
        ExecutorService threads = Executors.newCachedThreadPool();
        Chats chats = new Chats(limits);
        SameOrigin sameOrigin = new SameOrigin(server.getAddress().getPort());
        server.createContext("/", new Routes(sameOrigin, chats, ai.reactive(), about, limits, System.err::println));
        server.setExecutor(threads);
        server.start();
        return new WebChat(server, threads, chats);
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Stops all answers, and closes all connections. */
    @Override
    public void close() {
        chats.stopAll();
        server.stop(0);
        threads.shutdownNow();
    }

    static int portIn(String[] args) {
        if (args.length == 0) return PORT;
        if (args.length != 2 || !args[0].equals("--port"))
            throw new IllegalArgumentException("WebChat takes --port NUMBER and nothing else");
        try {
            int port = Integer.parseInt(args[1]);
            if (port >= 0 && port <= MOST_PORT) return port;
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException("--port must be a number from 0 to " + MOST_PORT + ", but is " + args[1]);
    }
}
