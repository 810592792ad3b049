package dev.tandem.model

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import io.kotest.matchers.shouldNotBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import java.nio.file.Files
import kotlin.io.encoding.Base64
import kotlin.io.path.deleteIfExists
import kotlin.io.path.writeBytes

/** One letter is one byte. */
fun bytesOf(letters: String): ByteArray = letters.toByteArray(Charsets.ISO_8859_1)

val PNG: ByteArray = bytesOf("\u0089PNG\r\n\u001A\nrest")
val WAV: ByteArray = bytesOf("RIFF\u0001\u0000\u0000\u0000WAVEfmt ")
val MP3: ByteArray = bytesOf("ID3\u0004rest")
val PDF: ByteArray = bytesOf("%PDF-1.7 rest")

class PartSpec :
    FunSpec({
        fun typeOf(url: String) = url.substringAfter("data:").substringBefore(';')

        fun refused(attempt: () -> Any?): String = shouldThrow<IllegalArgumentException> { attempt() }.message!!

        test("an image is told by its first bytes, and travels whole") {
            val images = mapOf(
                "image/png" to PNG,
                "image/jpeg" to bytesOf("\u00FF\u00D8\u00FF\u00E0"),
                "image/gif" to bytesOf("GIF89a"),
                "image/webp" to bytesOf("RIFF0000WEBPVP8 "),
                "image/avif" to bytesOf("\u0000\u0000\u0000\u0020ftypavif"),
            )
            for ((type, bytes) in images) Part.Image.of(bytes).url shouldBe "data:$type;base64,${Base64.encode(bytes)}"
        }

        test("so are audio and documents") {
            val sounds = mapOf(
                WAV to "audio/wav",
                MP3 to "audio/mpeg",
                bytesOf("\u00FF\u00FB\u0090") to "audio/mpeg",
                bytesOf("\u00FF\u00F1\u0050") to "audio/aac",
                bytesOf("fLaC") to "audio/flac",
                bytesOf("OggS") to "audio/ogg",
                bytesOf("\u0000\u0000\u0000\u0020ftypM4A ") to "audio/mp4",
                bytesOf("\u0000\u0000\u0000\u0020ftypisom") to "audio/mp4",
                bytesOf("\u001AE\u00DF\u00A3") to "audio/webm",
            )
            for ((bytes, type) in sounds) typeOf(Part.Audio.of(bytes).url) shouldBe type
            typeOf(Part.File.of("a", PDF).url!!) shouldBe "application/pdf"
        }

        test("what the bytes do not tell, the name of a file does, or the caller") {
            typeOf(Part.File.of("notes.md", bytesOf("# Hi")).url!!) shouldBe "text/markdown"
            typeOf(Part.File.of("x.bin", bytesOf("abc"), "application/x-mine").url!!) shouldBe "application/x-mine"
            typeOf(Part.Image.of(bytesOf("BM00"), "image/bmp").url) shouldBe "image/bmp"
            // A text in UTF-16 begins nearly like a frame of MP3.
            refused { Part.File.of("x", bytesOf("\u00FF\u00FEa\u0000")) } shouldContain "name it, as in \"image/png\""
            refused { Part.Image.of(bytesOf("BM00")) } shouldBe
                "no media type: the first bytes of the image do not tell it, so name it, as in \"image/png\""
        }

        test("one type has many names") {
            for (name in listOf("audio/x-wav", "audio/wave", "wav", "WAV", "audio/wav; rate=8000")) {
                typeOf(Part.Audio.of(WAV, name).url) shouldBe "audio/wav"
            }
            typeOf(Part.Image.of(bytesOf("\u00FF\u00D8\u00FF"), "image/jpg").url) shouldBe "image/jpeg"
        }

        test("bytes that are something else than was said are refused") {
            refused { Part.Image.of(PNG, "image/jpeg") } shouldBe
                "the image is said to be image/jpeg, but begins as image/png does: correct the media type, or leave it out"
            refused { Part.Image.of(WAV) } shouldBe "audio/wav is no image: make a Part of the kind that it is"
            refused { Part.Audio.of(PDF) } shouldContain "application/pdf is no audio"
            refused { Part.Image.of(PNG, "picture of a cat") } shouldBe "a media type must look like image/png, but is 'picture of a cat'"
        }

        test("nothing and too much are refused") {
            refused { Part.Image.of(ByteArray(0)) } shouldBe "the image is empty: were its bytes read?"
            refused { Part.Audio.of(WAV, null, 10) } shouldBe
                "the audio has 16 bytes, and at most 10 are taken: make it smaller, or raise maxBytes"
            refused { Part.Image.of(ByteArray(21 * 1024 * 1024)) } shouldContain "at most 20971520 are taken"
            refused { Part.Image.of(PNG, null, 0) } shouldBe "maxBytes must be at least 1, but is 0"
            refused { Part.File.of(" ", PDF) } shouldContain "a file needs a name"
            refused { Part.File.uploaded("") } shouldContain "must not be blank"
            refused { Part.Audio("a.wav") } shouldBe "audio url must start with https://, http:// or data:, but is a.wav"
        }

        test("a file is read where it is") {
            val file = Files.createTempFile("part", ".png")
            try {
                file.writeBytes(PNG)
                Part.Image.read(file.toString()) shouldBe Part.Image.of(PNG)
                Part.File.read(file.toString()).name shouldBe file.fileName.toString()
                refused { Part.Audio.read(file.toString()) } shouldContain "image/png is no audio"
            } finally {
                file.deleteIfExists()
            }
            refused { Part.Image.read("not/there.png") } shouldContain "there is no file 'not/there.png'"
        }

        test("no part shows what it holds, or what an address asks") {
            val shown = listOf(
                Part.Image.of(PNG),
                Part.Audio.of(WAV),
                Part.File.of("a.pdf", PDF),
                Part.File.at("https://example.com/a.pdf?token=secret"),
                Part.File.uploaded("file-1"),
            ).joinToString()
            shown shouldBe "Image(data:image/png, 17 characters), Audio(data:audio/wav, 25 characters), " +
                "File(a.pdf, data:application/pdf, 21 characters), File(a.pdf, https://example.com/a.pdf), File(file-1)"
            shown shouldNotContain "secret"
        }

        test("parts of the same content are one") {
            Part.Audio.of(WAV) shouldBe Part.Audio.of(WAV, "audio/x-wav")
            Part.File.of("a.pdf", PDF) shouldBe Part.File.of("a.pdf", PDF)
            Part.File.of("a.pdf", PDF) shouldNotBe Part.File.of("b.pdf", PDF)
            Part.File.uploaded("1") shouldNotBe Part.File.uploaded("2")
            Message.user(Part.Audio.of(WAV)) shouldBe Message.user(Part.Audio.of(WAV))
        }

        test("a recording needs bytes, a name, and to be one") {
            TranscriptionRequest.of(MP3, "talk").mediaType shouldBe "audio/mpeg"
            TranscriptionRequest.of(bytesOf("????"), "talk.m4a").mediaType shouldBe "audio/mp4"
            refused { TranscriptionRequest.of(PNG, "talk.png") } shouldContain "image/png is no audio"
            refused { TranscriptionRequest.of(ByteArray(0), "a.mp3") } shouldContain "the audio is empty"
            refused { TranscriptionRequest.of(MP3, "") } shouldContain "needs a file name"
            refused { TranscriptionRequest.builder(MP3, "a.mp3", 4) } shouldContain "at most 4 are taken"
        }

        test("what a request for media cannot mean is refused when it is made") {
            refused { ImageRequest.of(" ") } shouldBe "prompt must not be blank, but is ' '"
            refused { ImageRequest.builder("x").count(0) } shouldBe "count must be at least 1, but is 0"
            refused { ImageRequest.builder("x").size("") } shouldBe "size must not be blank, but is ''"
            refused { SpeechRequest.of("") } shouldBe "text must not be blank, but is ''"
            refused { SpeechRequest.builder("x").speed(5.0) } shouldBe "speed must be between 0.25 and 4.0, but is 5.0"
            refused { SpeechRequest.builder("x").maxBytes(0) } shouldBe "maxBytes must be at least 1, but is 0"
            refused { ModerationRequest.of(emptyList()) } shouldBe "a moderation request needs at least one input"
        }
    })
