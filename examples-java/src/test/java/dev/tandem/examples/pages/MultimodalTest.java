package dev.tandem.examples.pages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.interop.BlockingStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.Parts;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ChatResponse;
import dev.tandem.model.Part;
import dev.tandem.model.SpeechRequest;
import dev.tandem.model.Transcription;
import dev.tandem.provider.openai.OpenAi;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Java of docs/multimodal.md. */
class MultimodalTest {
    private static final byte[] PNG = "\u0089PNG\r\n\u001A\nrest".getBytes(StandardCharsets.ISO_8859_1);
    private static final byte[] MP3 = "ID3\u0004and then some sound".getBytes(StandardCharsets.ISO_8859_1);

    private final FakeServer server = FakeServer.start().answering(request -> answer(request.getPath()));
    private final JavaAiClient ai = JavaAiClient.builder(
                    OpenAi.builder().baseUrl(server.getUrl()).apiKey("sk-test").build())
            .model("gpt-4o-mini")
            .build();

    @TempDir
    Path folder;

    private Path talk = Path.of("talk.mp3");

    @BeforeEach
    void record() throws IOException {
        talk = Files.write(folder.resolve("talk.mp3"), MP3);
    }

    @AfterEach
    void close() {
        ai.close();
        server.close();
    }

    @Test
    void partsOfAMessage() {
        ChatResponse answer = ai.blocking()
                .chat(ChatRequest.builder()
                        .user(new Part.Text("What is said here?"), Parts.audio(talk))
                        .build());
        assertEquals("Hello", answer.getText());
        assertTrue(server.getRequests().get(0).getBody().contains("input_audio"));
    }

    @Test
    void picturesSpeechRecordingsModeration() throws IOException {
        ByteArrayOutputStream player = new ByteArrayOutputStream();
        String comment = "You are all wrong.";
        byte[] picture =
                ai.blocking().generateImage("A cat on a roof").getImage().getBytes();
        byte[] mp3 = ai.blocking().speak(SpeechRequest.of("Good morning")).getBytes();
        try (BlockingStream<byte[]> pieces = ai.blocking().streamSpeech(SpeechRequest.of("A long story"))) {
            for (byte[] piece : pieces) player.write(piece);
        }
        Transcription said =
                ai.blocking().transcribe(Parts.recording(talk).language("en").build());
        boolean isBad = ai.blocking().moderate(List.of(comment)).isFlagged();
        assertArrayEquals(PNG, picture);
        assertArrayEquals(MP3, mp3);
        assertArrayEquals(MP3, player.toByteArray());
        assertEquals("Hello", said.getText());
        assertTrue(isBad);
    }

    private static Reply answer(String path) {
        if (path.endsWith("/images/generations")) {
            return Reply.json(
                    "{\"data\":[{\"b64_json\":\"" + Base64.getEncoder().encodeToString(PNG) + "\"}]}");
        }
        if (path.endsWith("/audio/speech")) return Reply.inChunks(200, "audio/mpeg", List.of(MP3));
        if (path.endsWith("/audio/transcriptions")) return Reply.json("{\"text\":\"Hello\"}");
        if (path.endsWith("/moderations")) {
            return Reply.json("{\"model\":\"m\",\"results\":[{\"flagged\":true,\"categories\":{\"hate\":true},"
                    + "\"category_scores\":{\"hate\":0.9}}]}");
        }
        return OpenAiReplies.chat("Hello");
    }
}
