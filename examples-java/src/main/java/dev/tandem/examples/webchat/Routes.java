package dev.tandem.examples.webchat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.tandem.examples.cli.shell.Json;
import dev.tandem.examples.webchat.chat.Answer;
import dev.tandem.examples.webchat.chat.Chat;
import dev.tandem.examples.webchat.chat.Chats;
import dev.tandem.examples.webchat.chat.Limits;
import dev.tandem.interop.ReactiveClient;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which request does what. What is not served gets a 4xx with {@code {"error":"…"}}. */
final class Routes implements HttpHandler {
    private static final Pattern CHAT = Pattern.compile("/chats/([\\w-]+)(/messages|/stop)?");

    private final Page page = new Page();
    private final SameOrigin sameOrigin;
    private final Chats chats;
    private final ReactiveClient ai;
    private final String about;
    private final Question question;
    private final AnswerLines lines;
    private final Consumer<Throwable> log;

    Routes(
            SameOrigin sameOrigin,
            Chats chats,
            ReactiveClient ai,
            String about,
            Limits limits,
            Consumer<Throwable> log) {
        this.sameOrigin = sameOrigin;
        this.chats = chats;
        this.ai = ai;
        this.about = about;
        this.question = new Question(limits.questionChars());
        this.lines = new AnswerLines(limits.heartbeat());
        this.log = log;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            try {
                sameOrigin.check(exchange.getRequestHeaders());
                route(exchange);
            } catch (Refusal e) {
                Replies.json(exchange, e.status, new Json().put("error", e.getMessage()));
            } catch (RuntimeException e) {
                log.accept(e);
                // Too late where the head is out: then the browser sees the answer break off.
                Replies.json(exchange, 500, new Json().put("error", "the server failed: its console says why"));
            }
        }
    }

    private void route(HttpExchange exchange) throws IOException, Refusal {
        String path = exchange.getRequestURI().getPath();
        Optional<Page.File> file = page.at(path);
        Matcher chat = CHAT.matcher(path);
        if (file.isPresent()) {
            allow("GET", exchange);
            Replies.whole(exchange, 200, file.get().type(), file.get().text());
        } else if (path.equals("/about")) {
            allow("GET", exchange);
            Replies.json(exchange, 200, new Json().put("about", about));
        } else if (path.equals("/chats")) {
            allow("POST", exchange);
            Replies.json(exchange, 201, new Json().put("id", opened().id()));
        } else if (chat.matches()) {
            route(exchange, chat.group(1), String.valueOf(chat.group(2)));
        } else {
            throw new Refusal(404, "there is nothing at " + path);
        }
    }

    private void route(HttpExchange exchange, String id, String rest) throws IOException, Refusal {
        switch (rest) {
            case "/messages" -> {
                allow("POST", exchange);
                lines.write(asked(found(id), question.in(exchange)), exchange);
            }
            case "/stop" -> {
                allow("POST", exchange);
                found(id).stop();
                Replies.empty(exchange);
            }
            default -> {
                allow("GET", exchange);
                Replies.json(exchange, 200, jsonOf(found(id)));
            }
        }
    }

    private Chat opened() throws Refusal {
        return chats.open()
                .orElseThrow(() -> new Refusal(503, "too many chats are busy: wait until one of them is answered"));
    }

    private Chat found(String id) throws Refusal {
        return chats.find(id)
                .orElseThrow(() -> new Refusal(404, "this chat is forgotten, or never was: begin a new one"));
    }

    private Answer asked(Chat chat, String text) throws Refusal {
        return chat.ask(text, ai, log)
                .orElseThrow(() -> new Refusal(409, "the model is still answering: wait, or stop it"));
    }

    private static Json jsonOf(Chat chat) {
        return new Json()
                .put(
                        "turns",
                        chat.turns().stream()
                                .map(turn -> new Json()
                                        .put("question", turn.question())
                                        .put("answer", turn.answer())
                                        .put("end", AnswerLines.nameOf(turn))
                                        .put("note", turn.note()))
                                .toList());
    }

    private static void allow(String method, HttpExchange exchange) throws Refusal {
        if (exchange.getRequestMethod().equals(method)) return;
        exchange.getResponseHeaders().set("Allow", method);
        throw new Refusal(405, "this is for " + method + " only, not for " + exchange.getRequestMethod());
    }
}
