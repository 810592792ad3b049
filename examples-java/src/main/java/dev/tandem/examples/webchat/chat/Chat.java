package dev.tandem.examples.webchat.chat;

import dev.tandem.interop.ReactiveClient;
import dev.tandem.model.ChatRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One conversation. Not a {@code JavaConversation}: that one hears the model to its end however slowly it is read, and keeps
 * nothing of a turn that was given up, and here it is the other way round.
 */
public final class Chat {
    private static final int ANSWER_TOKENS = 1_000;

    private final String id;
    private final Limits limits;

    /** Guarded by this. */
    private final Deque<Answer> answers = new ArrayDeque<>();

    Chat(String id, Limits limits) {
        this.id = id;
        this.limits = limits;
    }

    public String id() {
        return id;
    }

    /** Asks the model; nothing while it still answers. The answer begins to come when it is read. */
    public Optional<Answer> ask(String question, ReactiveClient ai, Consumer<Throwable> log) {
        Answer answer = new Answer(question, limits.answerChars(), log);
        ChatRequest request;
        synchronized (this) {
            if (isAnswering()) return Optional.empty();
            request = requestOf(question);
            answers.addLast(answer);
            if (answers.size() > limits.turns()) answers.removeFirst();
        }
        ai.stream(request).subscribe(answer);
        return Optional.of(answer);
    }

    public synchronized boolean isAnswering() {
        return !answers.isEmpty() && answers.getLast().soFar().end() == End.ANSWERING;
    }

    /** Ends the answer under way, if there is one. */
    public void stop() {
        lastAnswer().ifPresent(Answer::stop);
    }

    public synchronized List<Turn> turns() {
        return answers.stream().map(Answer::soFar).toList();
    }

    private synchronized Optional<Answer> lastAnswer() {
        return Optional.ofNullable(answers.peekLast());
    }

    /** With the turns before that the model has answered, in part at least. */
    private ChatRequest requestOf(String question) {
        List<Turn> told = new ArrayList<>();
        for (Turn turn : turns()) {
            if (turn.end() == End.FORGOTTEN) told.clear();
            else if (!turn.answer().isBlank()) told.add(turn);
        }
        ChatRequest.Builder request = ChatRequest.builder().maxTokens(ANSWER_TOKENS);
        for (Turn turn : told.subList(Math.max(0, told.size() - limits.sentTurns()), told.size())) {
            request.user(turn.question()).assistant(turn.answer());
        }
        return request.user(question).build();
    }
}
