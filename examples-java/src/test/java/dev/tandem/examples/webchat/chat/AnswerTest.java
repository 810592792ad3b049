package dev.tandem.examples.webchat.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.model.ChatEvent;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;

class AnswerTest implements Subscription {
    private final Answer answer = new Answer("Count.", 10, error -> {});
    private long asked;
    private boolean isCancelled;

    @Override
    public void request(long demand) {
        asked += demand;
    }

    @Override
    public void cancel() {
        isCancelled = true;
    }

    @Test
    void nothingIsAskedForUntilItIsReadAndThenOneAtATime() throws Exception {
        answer.onSubscribe(this);
        assertEquals(0, asked);
        for (int reads = 0; reads < 3; reads++) assertEquals("", next());
        assertEquals(1, asked);
        answer.onNext(new ChatEvent.Text("One"));
        assertEquals(1, asked);
        assertEquals("One", next());
        assertEquals(1, asked);
        assertEquals("", next());
        assertEquals(2, asked);
    }

    @Test
    void whatHadComeIsReadBeforeTheEnd() throws Exception {
        answer.onSubscribe(this);
        answer.onNext(new ChatEvent.Text("One"));
        answer.stop();
        answer.onNext(new ChatEvent.Text("two"));
        assertTrue(isCancelled);
        assertEquals("One", next());
        assertEquals(Optional.empty(), answer.next(Duration.ZERO));
        assertEquals(new Turn("Count.", "One", End.STOPPED, "Stopped."), answer.soFar());
    }

    @Test
    void whatIsStoppedBeforeItBeginsIsCancelledWhenItDoes() {
        answer.stop();
        answer.onSubscribe(this);
        assertTrue(isCancelled);
        assertEquals(0, asked);
    }

    @Test
    void theFirstEndCounts() {
        answer.onSubscribe(this);
        answer.onComplete();
        answer.stop();
        answer.onError(new IllegalStateException());
        assertEquals(End.COMPLETE, answer.soFar().end());
    }

    @Test
    void whatIsNoneOfOurExceptionsIsAFailureToo() {
        answer.onSubscribe(this);
        answer.onError(new IllegalStateException("inner matters"));
        assertEquals(
                "That failed, and asking again will not help: the server's console says why.",
                answer.soFar().note());
    }

    private String next() throws InterruptedException {
        return answer.next(Duration.ZERO).orElseThrow();
    }
}
