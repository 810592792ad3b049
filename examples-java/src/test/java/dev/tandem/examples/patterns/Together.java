package dev.tandem.examples.patterns;

import dev.tandem.testing.script.ScriptedReply;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A door that opens once so many wait before it, and then again for the next ones: whoever comes one by one stays outside. */
final class Together {
    private final int atOnce;
    private final AtomicInteger arrived = new AtomicInteger();
    private final List<CompletableFuture<String>> doors =
            Stream.generate(CompletableFuture<String>::new).limit(10).toList();

    Together(int atOnce) {
        this.atOnce = atOnce;
    }

    ScriptedReply passed(ScriptedReply reply) {
        int number = arrived.getAndIncrement();
        CompletableFuture<String> door = doors.get(number / atOnce);
        if (number % atOnce == atOnce - 1) door.complete("all are here");
        return reply.after(door);
    }
}
