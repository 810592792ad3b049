package dev.tandem.flink;

import dev.tandem.error.AiException;
import dev.tandem.error.TimeLimitException;
import java.io.Serializable;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.flink.api.common.typeinfo.TypeInfo;
import org.jspecify.annotations.Nullable;

/** What an exception of a call says, without the exception: a row like any other, for sinks and for state. */
@TypeInfo(CallErrorType.class)
public final class CallError implements Serializable {
    private static final long serialVersionUID = 1;

    private String type;
    private @Nullable String message;
    private @Nullable Integer status;
    private @Nullable String code;
    private @Nullable String requestId;
    private boolean isRetryable;
    private @Nullable Long retryAfterMillis;
    private int attempts;

    /** For Flink, which fills the fields in. */
    @SuppressWarnings("NullAway.Init")
    public CallError() {}

    private CallError(String type, @Nullable String message) {
        this.type = type;
        this.message = message;
    }

    static CallError of(Throwable failure) {
        Throwable reason = failure;
        while ((reason instanceof CompletionException || reason instanceof ExecutionException)
                && reason.getCause() != null) {
            reason = reason.getCause();
        }
        CallError error = new CallError(nameOf(reason.getClass()), reason.getMessage());
        if (reason instanceof AiException) error.take((AiException) reason);
        return error;
    }

    /** Flink's own timer has run out, and the call was given up. */
    static CallError late() {
        CallError error = new CallError(
                nameOf(TimeLimitException.class),
                "no answer within the time that the job gives a call: raise the timeout of TandemStream (or of"
                        + " unorderedWait), or set a shorter one on the client, which knows what took so long");
        error.isRetryable = true;
        return error;
    }

    private void take(AiException known) {
        status = known.getStatus();
        code = known.getCode();
        requestId = known.getRequestId();
        isRetryable = known.isRetryable();
        retryAfterMillis = known.getRetryAfterMillis();
        attempts = known.getAttempts();
    }

    /** A lambda's and an anonymous class's have only a long one. */
    private static String nameOf(Class<?> type) {
        return type.getSimpleName().isEmpty() ? type.getName() : type.getSimpleName();
    }

    /** The exception's class without its package: {@code RateLimitedException}. Flink's own timer says {@code TimeLimitException}. */
    public String getType() {
        return type;
    }

    /** Whether {@link #getType()} is this very class. */
    public boolean is(Class<? extends Throwable> exception) {
        return type.equals(nameOf(exception));
    }

    /** Without key and prompt, where it is the SDK's own; what your own code throws is passed on as it is. */
    public @Nullable String getMessage() {
        return message;
    }

    /** The HTTP status, when there was an answer at all. */
    public @Nullable Integer getStatus() {
        return status;
    }

    /** The provider's own error code. */
    public @Nullable String getCode() {
        return code;
    }

    /** The provider's name for this very call: quote it to its support. */
    public @Nullable String getRequestId() {
        return requestId;
    }

    /** Whether the same call may succeed later, unchanged: such items may go to a queue, and come again. */
    public boolean isRetryable() {
        return isRetryable;
    }

    /** How long the provider asks to wait, or null. */
    public @Nullable Long getRetryAfterMillis() {
        return retryAfterMillis;
    }

    /** How often the call was tried in all; 0 where that is not known. */
    public int getAttempts() {
        return attempts;
    }

    @Override
    public boolean equals(Object other) {
        if (!(other instanceof CallError)) return false;
        CallError that = (CallError) other;
        return type.equals(that.type)
                && Objects.equals(message, that.message)
                && Objects.equals(status, that.status)
                && Objects.equals(code, that.code)
                && Objects.equals(requestId, that.requestId)
                && isRetryable == that.isRetryable
                && Objects.equals(retryAfterMillis, that.retryAfterMillis)
                && attempts == that.attempts;
    }

    @Override
    public int hashCode() {
        return Objects.hash(type, message, status, requestId);
    }

    @Override
    public String toString() {
        return message == null ? type : type + ": " + message;
    }
}
