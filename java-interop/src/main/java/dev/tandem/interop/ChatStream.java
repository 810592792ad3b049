package dev.tandem.interop;

import dev.tandem.model.ChatEvent;
import dev.tandem.model.ChatResponse;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** An answer as it is made: {@code for (ChatEvent event : stream) System.out.print(event.getText());} */
public final class ChatStream extends BlockingStream<ChatEvent> {
    private @Nullable ChatResponse response;

    ChatStream(Pull<ChatEvent> events) {
        super(events);
    }

    /** The whole answer. Waits for what has not been read yet, and passes over it; stays when the stream is closed. */
    public ChatResponse response() {
        for (Iterator<ChatEvent> left = iterator(); response == null && left.hasNext(); ) left.next();
        if (response == null) throw new IllegalStateException("the stream was closed before its end");
        return response;
    }

    @Override
    void passing(ChatEvent event) {
        if (event instanceof ChatEvent.Completed) response = ((ChatEvent.Completed) event).getResponse();
    }
}
