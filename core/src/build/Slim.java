import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Takes out of class files what only a debugger reads: the names of local variables, and the places that inlined lines come
 * from. That is a tenth of the jar, and the compiler has no switch for it. Lines stay, so that traces do.
 */
final class Slim {
    public static void main(String[] folders) throws IOException {
        for (String folder : folders) {
            try (Stream<Path> files = Files.walk(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".class")).forEach(Slim::rewrite);
            }
        }
    }

    private static void rewrite(Path file) {
        try {
            ClassWriter slim = new ClassWriter(0);
            new ClassReader(Files.readAllBytes(file)).accept(new WithoutDebugging(slim), 0);
            Files.write(file, slim.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class WithoutDebugging extends ClassVisitor {
        WithoutDebugging(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitSource(String file, String inlined) {
            super.visitSource(file, null);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            return new MethodVisitor(Opcodes.ASM9, super.visitMethod(access, name, descriptor, signature, exceptions)) {
                @Override
                public void visitLocalVariable(
                        String name, String descriptor, String signature, Label from, Label to, int at) {}
            };
        }
    }
}
