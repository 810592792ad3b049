package dev.tandem.interop;

import static dev.tandem.interop.Fixtures.failureOf;
import static dev.tandem.interop.Fixtures.get;
import static dev.tandem.interop.Fixtures.listOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.tandem.error.ConnectionLostException;
import dev.tandem.model.ChatRequest;
import dev.tandem.model.ImageRequest;
import dev.tandem.model.ImageResponse;
import dev.tandem.model.Moderation;
import dev.tandem.model.ModerationRequest;
import dev.tandem.model.Part;
import dev.tandem.model.Speech;
import dev.tandem.model.SpeechRequest;
import dev.tandem.model.Transcription;
import dev.tandem.model.TranscriptionRequest;
import dev.tandem.testing.FakeServer;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.testing.Reply;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Images, speech, recordings and moderation, as Java asks for them, in every style. */
class MediaTest {
    private static final byte[] PNG = latin("\u0089PNG\r\n\u001A\nrest");
    private static final byte[] WAV = latin("RIFF0000WAVEfmt ");
    private static final byte[] MP3 = latin("ID3\u0004and then some sound");

    @RegisterExtension
    final Scene scene = new Scene();

    private final FakeServer server = scene.server;
    private final JavaAiClient ai = scene.ai;

    @Test
    void picturesAreMade() throws Exception {
        String base64 = Base64.getEncoder().encodeToString(PNG);
        server.always(Reply.json(
                "{\"data\":[{\"b64_json\":\"" + base64 + "\"}],\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}"));
        ImageRequest request =
                ImageRequest.builder("A cat").model("m").size("1024x1024").build();
        for (ImageResponse response : List.of(
                ai.blocking().generateImage(request),
                get(ai.async().generateImage(request)),
                Collected.all(ai.reactive().generateImage(request)).first())) {
            assertArrayEquals(PNG, response.getImage().getBytes());
            assertEquals("image/png", response.getImage().getMediaType());
            assertEquals(3, response.getUsage().getTotalTokens());
        }
        String says = "no model: openai-compatible has no default for generateImage, so set model on the request";
        for (Callable<Object> ask : List.<Callable<Object>>of(
                () -> ai.blocking().generateImage("A cat"),
                () -> get(ai.async().generateImage("A cat")),
                () -> Collected.all(ai.reactive().generateImage("A cat")).first())) {
            assertEquals(says, failureOf(ask).getMessage());
        }
    }

    @Test
    void textsAreReadOut() throws Exception {
        server.always(Reply.inChunks(200, "audio/mpeg", List.of(MP3, MP3)));
        SpeechRequest request =
                SpeechRequest.builder("Hello").model("m").voice("alloy").build();
        byte[] whole = join(List.of(MP3, MP3));
        for (Speech speech : List.of(
                ai.blocking().speak(request),
                get(ai.async().speak(request)),
                Collected.all(ai.reactive().speak(request)).first())) {
            assertArrayEquals(whole, speech.getBytes());
            assertEquals("audio/mpeg", speech.getMediaType());
        }
        try (BlockingStream<byte[]> bytes = ai.blocking().streamSpeech(request)) {
            assertArrayEquals(whole, join(listOf(bytes)));
        }
        List<byte[]> async = new ArrayList<>();
        get(ai.async().streamSpeech(request, async::add));
        assertArrayEquals(whole, join(async));
        assertArrayEquals(
                whole, join(Collected.all(ai.reactive().streamSpeech(request)).toList()));
    }

    @Test
    void aSpeechThatIsCutFailsInEveryStyle() {
        Reply whole = Reply.inChunks(200, "audio/mpeg", List.of(MP3, MP3));
        server.always(whole.cutAt(whole.getSize() - 5));
        SpeechRequest request = SpeechRequest.builder("Hello").model("m").build();
        for (Callable<Object> ask : List.<Callable<Object>>of(
                () -> ai.blocking().speak(request),
                () -> listOf(ai.blocking().streamSpeech(request)),
                () -> get(ai.async().streamSpeech(request, bytes -> {})),
                () -> Collected.all(ai.reactive().streamSpeech(request)).toList())) {
            assertInstanceOf(ConnectionLostException.class, failureOf(ask));
        }
    }

    @Test
    void closingASpeechClosesTheSocket() {
        Reply whole = Reply.inChunks(200, "audio/mpeg", List.of(MP3, MP3));
        server.always(whole.holdAt(whole.getSize() - 5));
        SpeechRequest request = SpeechRequest.builder("Hello").model("m").build();
        try (BlockingStream<byte[]> bytes = ai.blocking().streamSpeech(request)) {
            Iterator<byte[]> items = bytes.iterator();
            assertTrue(items.next().length > 0);
        }
        server.awaitHangUp(1_000);
    }

    @Test
    void recordingsAreWrittenDown(@TempDir Path folder) throws Exception {
        server.always(Reply.json("{\"text\":\"Hello\",\"segments\":[{\"text\":\"Hello\",\"start\":0,\"end\":1.5}]}"));
        Path file = Files.write(folder.resolve("talk.wav"), WAV);
        TranscriptionRequest request =
                Parts.recording(file).model("m").language("en").segments(true).build();
        for (Transcription said : List.of(
                ai.blocking().transcribe(request),
                get(ai.async().transcribe(request)),
                Collected.all(ai.reactive().transcribe(request)).first())) {
            assertEquals("Hello", said.getText());
            assertEquals(1500, said.getSegments().get(0).getEndMillis());
        }
        String sent = new String(server.getRequests().get(0).getBytes(), StandardCharsets.ISO_8859_1);
        assertTrue(sent.contains("filename=\"talk.wav\"\r\nContent-Type: audio/wav\r\n\r\nRIFF0000WAVEfmt \r\n"), sent);
    }

    @Test
    void textsAreModerated() throws Exception {
        server.always(Reply.json("{\"model\":\"m\",\"results\":[{\"flagged\":true,\"categories\":{\"hate\":true},"
                + "\"category_scores\":{\"hate\":0.9}}]}"));
        ModerationRequest request =
                ModerationRequest.builder().input("x").model("m").build();
        for (Moderation moderation : List.of(
                ai.blocking().moderate(request),
                get(ai.async().moderate(request)),
                Collected.all(ai.reactive().moderate(request)).first())) {
            assertTrue(moderation.isFlagged());
            assertEquals(0.9, moderation.getResults().get(0).getScores().get("hate"));
        }
        List<String> texts = List.of("x");
        for (Callable<Object> ask : List.<Callable<Object>>of(
                () -> ai.blocking().moderate(texts),
                () -> get(ai.async().moderate(texts)),
                () -> Collected.all(ai.reactive().moderate(texts)).first())) {
            assertInstanceOf(IllegalArgumentException.class, failureOf(ask));
        }
    }

    @Test
    void filesBecomeParts(@TempDir Path folder) throws Exception {
        Path image = Files.write(folder.resolve("a.png"), PNG);
        Path sound = Files.write(folder.resolve("a.wav"), WAV);
        Path report = Files.write(folder.resolve("report.pdf"), latin("%PDF-1.7"));
        server.always(OpenAiReplies.chat("A cat"));
        ai.blocking()
                .chat(ChatRequest.builder()
                        .user(new Part.Text("See"), Parts.image(image), Parts.audio(sound), Parts.file(report))
                        .build());
        String body = server.getRequests().get(0).getBody();
        assertTrue(body.contains("\"input_audio\":{\"data\":"), body);
        assertTrue(body.contains("\"filename\":\"report.pdf\""), body);
        assertEquals(Part.Image.of(PNG), Parts.image(image));
        assertThrows(IllegalArgumentException.class, () -> Parts.image(folder.resolve("none.png")));
        assertThrows(IllegalArgumentException.class, () -> Part.Image.of(PNG, "image/jpeg"));
    }

    private static byte[] join(List<byte[]> pieces) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(all::writeBytes);
        return all.toByteArray();
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
