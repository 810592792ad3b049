package dev.tandem.interop;

import dev.tandem.model.Part;
import dev.tandem.model.TranscriptionRequest;
import java.nio.file.Path;

/** Parts of messages from files, which are read at once: all of these block. At most 20 MB, of recordings 25. */
public final class Parts {
    private Parts() {}

    /** An image. Its type is told by its first bytes. */
    public static Part.Image image(Path file) {
        return Part.Image.read(file.toFile().getPath());
    }

    /** Something to listen to. */
    public static Part.Audio audio(Path file) {
        return Part.Audio.read(file.toFile().getPath());
    }

    /** A document, under the name that it has there. */
    public static Part.File file(Path file) {
        return Part.File.read(file.toFile().getPath());
    }

    /** A recording to be written down. */
    public static TranscriptionRequest.Builder recording(Path file) {
        return TranscriptionRequest.read(file.toFile().getPath());
    }
}
