package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.conversation.History;
import dev.tandem.examples.PrintingSubscriber;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaConversation;
import dev.tandem.model.ChatEvent;
import dev.tandem.privacy.Masking;
import dev.tandem.privacy.MaskingRule;
import dev.tandem.testing.script.ScriptedModel;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Publisher;

/** The Java of docs/conversations.md. */
class ConversationsTest {
    @Test
    void aTalkInThreeStyles() throws Exception {
        ScriptedModel model = ScriptedModel.saying("A small thing.", "A larger one.", "The small one.");
        try (JavaAiClient ai = JavaAiClient.builder(model).build()) {
            JavaConversation talk = JavaConversation.builder(ai)
                    .system("Be brief")
                    .history(History.summarising(8_000, 4))
                    .build();
            String first = talk.blocking().say("What is a coroutine?");
            CompletableFuture<String> second = talk.async().say("And a virtual thread?");
            Publisher<ChatEvent> third = talk.reactive().stream("Which one shall I take?");

            assertEquals("A small thing.", first);
            assertEquals("A larger one.", second.join());
            ByteArrayOutputStream printed = new ByteArrayOutputStream();
            PrintingSubscriber<ChatEvent> subscriber = new PrintingSubscriber<>(
                    new PrintStream(printed, true, StandardCharsets.UTF_8), ChatEvent::getText);
            third.subscribe(subscriber);
            subscriber.await();
            assertEquals("The small one.", printed.toString(StandardCharsets.UTF_8));
            assertEquals(7, talk.getMessages().size());
        }
    }

    @Test
    void theProviderSeesPlaceholders() {
        ScriptedModel model = ScriptedModel.saying("Written.");
        Masking masking = Masking.builder()
                .rule(MaskingRule.EMAIL)
                .rule(MaskingRule.of("EMPLOYEE", "E-\\d{6}"))
                .build();
        try (JavaAiClient ai = JavaAiClient.builder(model).masking(masking).build()) {
            ai.blocking().generate("Write to anna@example.com about E-123456");
        }
        String seen = model.getRequests().get(0).getMessages().toString();
        assertFalse(seen.contains("anna@") || seen.contains("E-123456"), seen);
        assertTrue(seen.contains("[EMAIL_") && seen.contains("[EMPLOYEE_"), seen);
    }
}
