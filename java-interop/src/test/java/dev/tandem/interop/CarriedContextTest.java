package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.testing.OpenAiReplies;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** What the caller's thread carries is there in every callback, and gone after it. */
class CarriedContextTest {
    @RegisterExtension
    final Scene scene = new Scene();

    @Test
    void inTheStagesOfAFuture() throws Exception {
        NoteCarrier.NOTE.set("mine");
        CountDownLatch gate = new CountDownLatch(1);
        scene.server.always(OpenAiReplies.chat("ok").after(gate));
        CompletableFuture<@Nullable String> note =
                scene.ai.async().generate("Hi").thenApply(text -> NoteCarrier.NOTE.get());
        NoteCarrier.NOTE.set("changed since");
        gate.countDown();
        assertEquals("mine", get(note));
        assertEquals("changed since", NoteCarrier.NOTE.get());
    }

    @Test
    void inTheCallbacksOfAStream() throws Exception {
        NoteCarrier.NOTE.set("mine");
        scene.server.always(OpenAiReplies.stream("a", "b"));
        List<@Nullable String> notes = Collections.synchronizedList(new ArrayList<>());
        get(scene.ai.async().streamText("Hi", text -> notes.add(NoteCarrier.NOTE.get())));
        assertEquals(List.of("mine", "mine"), notes);
    }

    @Test
    void inASubscriber() throws Exception {
        NoteCarrier.NOTE.set("mine");
        scene.server.always(OpenAiReplies.stream("a", "b"));
        CompletableFuture<List<@Nullable String>> notes = new CompletableFuture<>();
        scene.ai.reactive().streamText("Hi").subscribe(new Subscriber<>() {
            private final List<@Nullable String> heard = new ArrayList<>();

            @Override
            public void onSubscribe(Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(String text) {
                heard.add(NoteCarrier.NOTE.get());
            }

            @Override
            public void onError(Throwable error) {
                notes.completeExceptionally(error);
            }

            @Override
            public void onComplete() {
                notes.complete(heard);
            }
        });
        assertEquals(List.of("mine", "mine"), get(notes));
    }

    @Test
    void threadsAreCleanAfterwards() throws Exception {
        NoteCarrier.NOTE.set("mine");
        scene.server.always(OpenAiReplies.chat("ok"));
        for (int i = 0; i < 50; i++) get(scene.ai.async().generate("Hi"));
        NoteCarrier.NOTE.remove();
        ExecutorService ours = Executors.newSingleThreadExecutor();
        try {
            Future<@Nullable String> note =
                    ours.submit(() -> get(scene.ai.async().generate("Hi").thenApply(text -> NoteCarrier.NOTE.get())));
            assertNull(note.get());
        } finally {
            ours.shutdown();
        }
    }
}
