package dev.tandem.bench.floor;

import dev.tandem.bench.BlockingCalls;
import dev.tandem.bench.BlockingStreams;
import dev.tandem.bench.Encoding;
import dev.tandem.bench.Site;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.function.Consumer;

/** A blocking socket for each call under way: the least that a call can cost a thread. */
public final class RawSocket implements BlockingCalls, BlockingStreams {
    private final Site site;
    private final Deque<RawConnection> idle = new ConcurrentLinkedDeque<>();

    public RawSocket(Site site) {
        this.site = site;
    }

    @Override
    public String call(String prompt) throws IOException {
        byte[] json = exchange("/chat/completions", ChatJson.chat(site.model(), prompt));
        return Content.of(json, 0, json.length);
    }

    @Override
    public void stream(String prompt, Consumer<String> onDelta) throws IOException {
        SseFloor events = new SseFloor(onDelta);
        RawConnection connection = open();
        connection.post("/chat/completions", ChatJson.stream(site.model(), prompt));
        connection.readBody(events::feed);
        idle.push(connection);
    }

    @Override
    public long embed(List<String> texts, Encoding encoding) throws IOException {
        return Numbers.count(exchange("/embeddings", ChatJson.embeddings(site.model(), texts, encoding)));
    }

    private byte[] exchange(String path, byte[] body) throws IOException {
        RawConnection connection = open();
        connection.post(path, body);
        ByteArrayOutputStream answer = new ByteArrayOutputStream(1024);
        connection.readBody((bytes, from, to) -> answer.write(bytes, from, to - from));
        idle.push(connection);
        return answer.toByteArray();
    }

    private RawConnection open() throws IOException {
        RawConnection kept = idle.poll();
        return kept != null ? kept : new RawConnection(site);
    }
}
