package dev.tandem.bench;

import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** How many went wrong, and what the first said. */
final class Failures {
    private final AtomicInteger count = new AtomicInteger();
    private final AtomicReference<String> first = new AtomicReference<>("");

    void add(Throwable failure) {
        Throwable cause = failure;
        while (cause instanceof CompletionException && cause.getCause() != null) cause = cause.getCause();
        add(cause.toString());
    }

    void add(String what) {
        if (count.getAndIncrement() == 0) first.set(what);
    }

    void into(Findings findings) {
        findings.put("errors", count.get());
        if (count.get() > 0) findings.put("first_error", first.get());
    }
}
