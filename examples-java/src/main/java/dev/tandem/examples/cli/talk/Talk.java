package dev.tandem.examples.cli.talk;

import dev.tandem.examples.cli.provider.ChatOptions;
import dev.tandem.examples.cli.shell.Words;
import dev.tandem.interop.CallOptions;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaConversation;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.Options;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A conversation whose answers are printed as they come. One turn at a time; {@link #giveUp} may come from any thread. */
public final class Talk {
    private final JavaAiClient ai;
    private final ChatOptions settings;
    private final PrintStream out;
    private final AtomicReference<@Nullable ChatStream> underWay = new AtomicReference<>();
    private JavaConversation conversation;
    private Options each = Options.NONE;

    public Talk(JavaAiClient ai, ChatOptions settings, PrintStream out) {
        this.ai = ai;
        this.settings = settings;
        this.out = out;
        conversation = begin().build();
    }

    /** False if it was given up; then the talk goes on as if it had not been asked. */
    boolean ask(String text) {
        try (ChatStream stream = conversation.blocking().stream(text, each)) {
            underWay.set(stream);
            for (ChatEvent event : stream) {
                out.print(Words.printable(event.getText()));
                out.flush();
            }
            return true;
        } catch (CancellationException e) {
            return false;
        } finally {
            underWay.set(null);
            out.println();
        }
    }

    /** The answer under way, if there is one. */
    void giveUp() {
        ChatStream stream = underWay.get();
        if (stream != null) stream.close();
    }

    /** Forgets all that was said. */
    void reset() {
        conversation = begin().build();
    }

    /** Another model from now on. */
    void model(String name) {
        each = CallOptions.builder().model(name).build();
    }

    /** How many messages there are now. */
    int size() {
        return conversation.getMessages().size();
    }

    /** As secret as what was said. */
    void save(Path file) throws IOException {
        Secret.write(file, conversation.toJson());
    }

    /** What {@link #save} wrote, in place of what was said. */
    void load(Path file) throws IOException {
        conversation = settings.into(JavaConversation.builder(ai))
                .restore(Files.readString(file))
                .build();
    }

    private JavaConversation.Builder begin() {
        JavaConversation.Builder builder = settings.into(JavaConversation.builder(ai));
        settings.system().ifPresent(builder::system);
        return builder;
    }
}
