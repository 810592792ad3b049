import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes those modules of this JDK into a jar that Android has too. What it leaves out, apps do not find either. */
class Library {
    private static final List<String> MODULES =
            List.of("java.base", "java.logging", "java.prefs", "java.sql", "java.xml", "jdk.unsupported");

    public static void main(String[] arguments) throws IOException {
        FileSystem jdk = FileSystems.getFileSystem(URI.create("jrt:/"));
        try (ZipOutputStream jar = new ZipOutputStream(Files.newOutputStream(Path.of(arguments[0])))) {
            jar.setLevel(1);
            for (String module : MODULES) {
                Path root = jdk.getPath("modules", module);
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(Library::isClass).toList()) {
                        jar.putNextEntry(new ZipEntry(root.relativize(file).toString()));
                        Files.copy(file, jar);
                    }
                }
            }
        }
    }

    private static boolean isClass(Path file) {
        String name = file.toString();
        return name.endsWith(".class") && !name.endsWith("module-info.class");
    }
}
