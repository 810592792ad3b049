package dev.tandem.bench.floor;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

final class Escapes {
    private static final int HEX = 16;
    private static final int HEX_DIGITS = 4;

    private Escapes() {}

    /** The JSON text that begins at {@code from} and ends at its quote. */
    static String undone(byte[] json, int from, int to) {
        ByteArrayOutputStream utf8 = new ByteArrayOutputStream();
        for (int i = from; i < to && json[i] != '"'; i++) {
            if (json[i] != '\\') {
                utf8.write(json[i]);
                continue;
            }
            byte code = json[++i];
            if (code == 'u') {
                String digits = new String(json, i + 1, HEX_DIGITS, StandardCharsets.ISO_8859_1);
                utf8.writeBytes(
                        Character.toString(Integer.parseInt(digits, HEX)).getBytes(StandardCharsets.UTF_8));
                i += HEX_DIGITS;
            } else {
                utf8.write(meaning(code));
            }
        }
        return utf8.toString(StandardCharsets.UTF_8);
    }

    private static int meaning(byte code) {
        return switch (code) {
            case 'n' -> '\n';
            case 't' -> '\t';
            case 'r' -> '\r';
            case 'b' -> '\b';
            case 'f' -> '\f';
            default -> code;
        };
    }
}
