import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Fails unless the zip holds dex files with a class in them, such as {@code Ljava/lang/Object;}, and prints what they weigh. */
class Dex {
    // Offset of the number of methods in a dex header, by its specification.
    private static final int METHODS = 88;

    public static void main(String[] arguments) throws IOException {
        File zip = new File(arguments[0]);
        String wanted = arguments[1];
        if (!zip.exists()) {
            throw new IllegalStateException("no " + zip.getName() + ": R8 wrote nothing");
        }
        try (ZipFile open = new ZipFile(zip)) {
            List<? extends ZipEntry> entries = open.stream().filter(entry -> entry.getName().endsWith(".dex")).toList();
            int methods = 0;
            int bytes = 0;
            boolean found = false;
            for (ZipEntry entry : entries) {
                byte[] dex = read(open, entry);
                methods += ByteBuffer.wrap(dex).order(ByteOrder.LITTLE_ENDIAN).getInt(METHODS);
                bytes += dex.length;
                found |= new String(dex, StandardCharsets.ISO_8859_1).contains(wanted);
            }
            System.out.printf("%s: %,d methods, %,d bytes in %d file(s)%n", zip.getName(), methods, bytes, entries.size());
            if (!found) {
                throw new IllegalStateException("the dex lacks " + wanted + ": see the keep rules");
            }
        }
    }

    private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return in.readAllBytes();
        }
    }
}
