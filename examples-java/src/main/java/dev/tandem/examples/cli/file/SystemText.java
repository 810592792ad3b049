package dev.tandem.examples.cli.file;

import dev.tandem.interop.CallHooks;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.Message;
import dev.tandem.model.Request;
import dev.tandem.model.Role;
import dev.tandem.pipeline.Call;

/** Begins each chat with {@code text} that has no system text of its own. */
public record SystemText(String text) implements CallHooks {
    @Override
    public Request before(Call<?> call) {
        Request request = call.getRequest();
        if (!(request instanceof ChatRequest chat)) return request;
        if (chat.getMessages().stream().anyMatch(message -> message.getRole() == Role.SYSTEM)) return request;
        return ChatRequest.builder()
                .message(Message.system(text))
                .messages(chat.getMessages())
                .options(chat.getOptions())
                .build();
    }
}
