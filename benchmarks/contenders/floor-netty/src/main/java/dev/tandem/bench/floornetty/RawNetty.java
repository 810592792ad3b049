package dev.tandem.bench.floornetty;

import dev.tandem.bench.Encoding;
import dev.tandem.bench.FutureCalls;
import dev.tandem.bench.FutureStreams;
import dev.tandem.bench.Site;
import dev.tandem.bench.floor.ChatJson;
import dev.tandem.bench.floor.Content;
import dev.tandem.bench.floor.Numbers;
import dev.tandem.bench.floor.SseFloor;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** Netty on two event loops with a reader of bytes on top. */
public final class RawNetty implements FutureCalls, FutureStreams {
    private final Site site;
    private final NettyPool pool;

    public RawNetty(Site site) {
        this.site = site;
        pool = new NettyPool(site);
    }

    @Override
    public CompletableFuture<String> call(String prompt) {
        return whole("/chat/completions", ChatJson.chat(site.model(), prompt))
                .thenApply(json -> Content.of(json, 0, json.length));
    }

    @Override
    public CompletableFuture<?> stream(String prompt, Consumer<String> onDelta) {
        SseFloor events = new SseFloor(onDelta);
        return pool.post("/chat/completions", ChatJson.stream(site.model(), prompt), events::feed);
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) {
        byte[] request = ChatJson.embeddings(site.model(), texts, encoding);
        return whole("/embeddings", request).thenApply(Numbers::count).join();
    }

    private CompletableFuture<byte[]> whole(String path, byte[] body) {
        ByteArrayOutputStream answer = new ByteArrayOutputStream(1024);
        return pool.post(path, body, (bytes, from, to) -> answer.write(bytes, from, to - from))
                .thenApply(nothing -> answer.toByteArray());
    }

    @Override
    public void close() {
        pool.close();
    }
}
