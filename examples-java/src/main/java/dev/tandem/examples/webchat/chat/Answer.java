package dev.tandem.examples.webchat.chat;

import dev.tandem.error.ContextLengthException;
import dev.tandem.model.ChatEvent;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * An answer on its way from the model to its one reader. The model is asked for the next event when the reader is: so there is
 * never more than one on its way, and who reads slowly slows the model down. Any thread may stop it.
 */
public final class Answer implements Subscriber<ChatEvent> {
    private static final Optional<String> NOTHING_YET = Optional.of("");
    private static final Optional<String> THE_END = Optional.empty();

    private final String question;
    private final int mostChars;
    private final Consumer<Throwable> log;

    /** One event at most, since one is asked for, and the end. */
    private final BlockingQueue<Optional<String>> signals = new LinkedBlockingQueue<>();

    /** The reader's own. */
    private boolean isAsked;

    /** Guarded by this, as all below. */
    private final StringBuilder text = new StringBuilder();

    private End end = End.ANSWERING;
    private String note = "";
    private @Nullable Subscription subscription;

    Answer(String question, int mostChars, Consumer<Throwable> log) {
        this.question = question;
        this.mostChars = mostChars;
        this.log = log;
    }

    /** The next piece, "" if there is none within {@code patience}, nothing at the end. */
    public Optional<String> next(Duration patience) throws InterruptedException {
        Subscription source = subscription();
        if (!isAsked && source != null) source.request(1);
        isAsked = true;
        Optional<String> signal = signals.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (signal == null) return NOTHING_YET;
        isAsked = false;
        return signal;
    }

    /** Ends the call to the model, down to its socket. What has come stays. */
    public void stop() {
        end(End.STOPPED, "Stopped.");
    }

    /** As it is now. */
    public synchronized Turn soFar() {
        return new Turn(question, text.toString(), end, note);
    }

    @Override
    public void onSubscribe(Subscription source) {
        synchronized (this) {
            if (end == End.ANSWERING) {
                subscription = source;
                return;
            }
        }
        // Stopped before it began.
        source.cancel();
    }

    @Override
    public void onNext(ChatEvent event) {
        String piece = event instanceof ChatEvent.Refusal refusal ? refusal.getRefusal() : event.getText();
        boolean isTooLong;
        synchronized (this) {
            if (end != End.ANSWERING) return;
            text.append(piece);
            signals.add(Optional.of(piece));
            isTooLong = text.length() > mostChars;
        }
        if (isTooLong) end(End.CUT, "Cut: the answer got too long.");
        if (event instanceof ChatEvent.Completed done
                && done.getResponse().getFinishReason().isTruncated())
            end(End.CUT, "Cut: the answer reached the limit of tokens.");
    }

    @Override
    public void onError(Throwable error) {
        log.accept(error);
        end(error instanceof ContextLengthException ? End.FORGOTTEN : End.FAILED, Advice.on(error));
    }

    @Override
    public void onComplete() {
        end(End.COMPLETE, "");
    }

    private void end(End how, String why) {
        Subscription source;
        synchronized (this) {
            if (end != End.ANSWERING) return;
            end = how;
            note = why;
            source = subscription;
            signals.add(THE_END);
        }
        // Does nothing to one that is over.
        if (source != null) source.cancel();
    }

    private synchronized @Nullable Subscription subscription() {
        return subscription;
    }
}
