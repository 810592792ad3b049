package dev.tandem.examples.webchat.chat;

import dev.tandem.error.AiException;
import dev.tandem.error.ConnectionException;
import dev.tandem.error.ContentFilteredException;
import dev.tandem.error.ContextLengthException;
import dev.tandem.error.ForbiddenException;
import dev.tandem.error.IncompleteStreamException;
import dev.tandem.error.ModelNotFoundException;
import dev.tandem.error.NotFoundException;
import dev.tandem.error.OverloadedException;
import dev.tandem.error.QuotaExceededException;
import dev.tandem.error.RateLimitedException;
import dev.tandem.error.ServerException;
import dev.tandem.error.TimeLimitException;
import dev.tandem.error.UnauthorizedException;
import java.util.concurrent.CancellationException;

/** What somebody at a browser can do about a failure. In our own words alone, so nothing of a server's gets to the page. */
final class Advice {
    private Advice() {}

    static String on(Throwable error) {
        if (error instanceof UnauthorizedException || error instanceof ForbiddenException)
            return "The provider refused the key: check the key that the server was started with.";
        if (error instanceof ModelNotFoundException || error instanceof NotFoundException)
            return "The provider does not know this model or address: check how the server was started.";
        if (error instanceof QuotaExceededException) return "The account at the provider has no money or quota left.";
        if (error instanceof RateLimitedException limited) return "Too many questions for now: " + waiting(limited);
        if (error instanceof OverloadedException overloaded)
            return "The provider has too much to do: " + waiting(overloaded);
        if (error instanceof ServerException failed) return "The provider failed on its side: " + waiting(failed);
        if (error instanceof ContextLengthException)
            return "This got too long for the model. It forgets what was said so far: ask again, or more briefly.";
        if (error instanceof ContentFilteredException) return "The provider withheld the answer: ask differently.";
        if (error instanceof ConnectionException) return "The provider cannot be reached: check the network.";
        if (error instanceof TimeLimitException) return "The provider took too long: ask again.";
        if (error instanceof IncompleteStreamException) return "The answer broke off: ask again.";
        if (error instanceof CancellationException) return "The server is closing: start it again.";
        if (error instanceof AiException failed && failed.isRetryable()) return "That failed: ask again.";
        return "That failed, and asking again will not help: the server's console says why.";
    }

    private static String waiting(AiException error) {
        Long millis = error.getRetryAfterMillis();
        if (millis == null) return "wait a little, and ask again.";
        long seconds = (millis + 999) / 1000;
        return "wait " + seconds + (seconds == 1 ? " second" : " seconds") + ", and ask again.";
    }
}
