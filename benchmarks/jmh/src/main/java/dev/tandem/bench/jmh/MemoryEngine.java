package dev.tandem.bench.jmh;

import io.ktor.client.engine.HttpClientEngineBase;
import io.ktor.client.engine.HttpClientEngineConfig;
import io.ktor.client.engine.UtilsKt;
import io.ktor.client.request.HttpRequestData;
import io.ktor.client.request.HttpResponseData;
import io.ktor.http.HeadersKt;
import io.ktor.http.HttpProtocolVersion;
import io.ktor.http.HttpStatusCode;
import io.ktor.util.date.DateJvmKt;
import io.ktor.utils.io.ByteChannelCtorKt;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlinx.coroutines.CoroutineDispatcher;
import kotlinx.coroutines.Dispatchers;

/**
 * Answers every request with the same body, on the caller's thread. Ktor's MockEngine would do, but it keeps every request
 * and every response that it has seen.
 */
final class MemoryEngine extends HttpClientEngineBase {
    private final byte[] body;
    private final String contentType;

    MemoryEngine(byte[] body, String contentType) {
        super("memory");
        this.body = body;
        this.contentType = contentType;
    }

    @Override
    public HttpClientEngineConfig getConfig() {
        return new HttpClientEngineConfig();
    }

    @Override
    public CoroutineDispatcher getDispatcher() {
        return Dispatchers.getUnconfined();
    }

    @Override
    public Object execute(HttpRequestData request, Continuation<? super HttpResponseData> continuation) {
        return new HttpResponseData(
                HttpStatusCode.Companion.getOK(),
                DateJvmKt.GMTDate(null),
                HeadersKt.headersOf("Content-Type", contentType),
                HttpProtocolVersion.Companion.getHTTP_1_1(),
                ByteChannelCtorKt.ByteReadChannel(body, 0, body.length),
                callContext(continuation));
    }

    /** Looks into the continuation's context only, and never resumes it. */
    @SuppressWarnings("unchecked")
    private static CoroutineContext callContext(Continuation<?> continuation) {
        return (CoroutineContext) UtilsKt.callContext((Continuation<? super CoroutineContext>) continuation);
    }
}
