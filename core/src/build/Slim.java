import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jetbrains.kotlin.abi.tools.AbiFilters;
import org.jetbrains.kotlin.abi.tools.AbiToolsFactory;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.AnnotationNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.FieldNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;

/**
 * Copies classes without what no program needs that uses them. Of all of them it leaves out what only a debugger reads: the
 * names of local variables, the places that inlined lines come from; and private constants, which are copied to where they are
 * used. Of internal ones also what a compiler reads of them, their checks that nobody passes null, and companions that only hold
 * constants; these become synthetic, so that neither Kotlin nor Java sees them. Lines stay, so that traces do. docs/design/010 has
 * the figures.
 */
final class Slim {
    private static final Pattern TYPE = Pattern.compile("^public (?:.* )?class (\\S+)");
    private static final List<String> FOR_DEBUGGERS = List.of("Lkotlin/coroutines/jvm/internal/DebugMetadata;");
    private static final List<String> FOR_COMPILERS =
            List.of("Lkotlin/Metadata;", "Lorg/jetbrains/annotations/NotNull;", "Lorg/jetbrains/annotations/Nullable;");

    private static final String COMPANION = "$Companion";
    private static final List<String> CHECKS = List.of("checkNotNullParameter", "checkNotNullExpressionValue");

    public static void main(String[] folders) throws IOException {
        Path from = Path.of(folders[0]);
        Path to = Path.of(folders[1]);
        List<Path> files;
        try (Stream<Path> all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).collect(Collectors.toList());
        }
        Set<String> published = published(files);
        Set<String> idle = new HashSet<>();
        Set<String> used = new HashSet<>();
        for (Path file : files) {
            if (!isClass(file)) continue;
            ClassNode type = read(Files.readAllBytes(file));
            type.methods.forEach(method -> collectFields(method, used));
            boolean isCompanion = type.name.endsWith(COMPANION);
            if (isCompanion && isIdle(type) && !published.contains(outerOf(type.name))) idle.add(type.name);
        }
        for (Path file : files) {
            byte[] content = Files.readAllBytes(file);
            Path copy = to.resolve(from.relativize(file));
            Files.createDirectories(copy.getParent());
            if (isClass(file)) content = slim(content, published, idle, used);
            if (content.length > 0) Files.write(copy, content);
        }
    }

    /** A companion of constants: they are where they are used, and nobody asks for it. */
    private static boolean isIdle(ClassNode type) {
        return type.fields.isEmpty() && type.methods.stream().allMatch(each -> each.name.equals("<init>"));
    }

    /** A private constant, which the compiler puts in place of its name. */
    private static boolean isCopied(FieldNode field) {
        int constant = Opcodes.ACC_PRIVATE | Opcodes.ACC_STATIC | Opcodes.ACC_FINAL;
        return (field.access & constant) == constant && field.value != null && !field.name.equals("serialVersionUID");
    }

    private static void collectFields(MethodNode method, Set<String> used) {
        for (AbstractInsnNode each : method.instructions) {
            if (!(each instanceof FieldInsnNode)) continue;
            FieldInsnNode field = (FieldInsnNode) each;
            used.add(field.owner + "." + field.name);
        }
    }

    private static String outerOf(String companion) {
        return companion.substring(0, companion.length() - COMPANION.length());
    }

    private static ClassNode read(byte[] content) {
        ClassNode type = new ClassNode();
        new ClassReader(content).accept(type, 0);
        return type;
    }

    private static boolean isClass(Path file) {
        return file.toString().endsWith(".class");
    }

    /** What the golden of the public API holds, too: Kotlin's internal is not in it. */
    private static Set<String> published(List<Path> files) {
        List<File> classes =
                files.stream().filter(Slim::isClass).map(Path::toFile).collect(Collectors.toList());
        StringBuilder dump = new StringBuilder();
        ServiceLoader.load(AbiToolsFactory.class)
                .findFirst()
                .orElseThrow()
                .get()
                .printJvmDump(dump, classes, new AbiFilters(Set.of(), Set.of(), Set.of(), Set.of()));
        return dump.toString()
                .lines()
                .map(TYPE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    /** Nothing at all of what is {@code idle}. */
    private static byte[] slim(byte[] content, Set<String> published, Set<String> idle, Set<String> used) {
        ClassNode type = read(content);
        if (idle.contains(type.name)) return new byte[0];
        String companion = type.name + COMPANION;
        if (idle.contains(companion)) dismiss(companion, type);
        forgetDebugging(type);
        type.fields.removeIf(field -> isCopied(field) && !used.contains(type.name + "." + field.name));
        if (!published.contains(type.name) && !isForInlining(type)) hide(type);
        ClassWriter slim = new ClassWriter(0);
        type.accept(slim);
        return slim.toByteArray();
    }

    /** A file's class with nothing to call in it, but something for Kotlin's compiler to copy from. */
    private static boolean isForInlining(ClassNode type) {
        int hidden = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC | Opcodes.ACC_SYNTHETIC;
        return type.name.contains("/-")
                && type.methods.stream()
                        .anyMatch(each -> (each.access & hidden) == hidden && !each.name.endsWith("$default"));
    }

    private static void forgetDebugging(ClassNode type) {
        type.sourceDebug = null;
        forget(type.visibleAnnotations, FOR_DEBUGGERS);
        type.methods.forEach(method -> method.localVariables = null);
    }

    private static void hide(ClassNode type) {
        type.access |= Opcodes.ACC_SYNTHETIC;
        type.signature = null;
        type.innerClasses.clear();
        type.outerClass = null;
        type.outerMethod = null;
        type.outerMethodDesc = null;
        forget(type.visibleAnnotations, FOR_COMPILERS);
        for (FieldNode field : type.fields) {
            field.signature = null;
            forget(field.invisibleAnnotations, FOR_COMPILERS);
        }
        for (MethodNode method : type.methods) {
            method.signature = null;
            method.parameters = null;
            forget(method.invisibleAnnotations, FOR_COMPILERS);
            method.invisibleParameterAnnotations = null;
            trust(method);
        }
    }

    /** The field for {@code companion}, and what fills it: new, dup, null, the constructor, put. */
    private static void dismiss(String companion, ClassNode type) {
        type.fields.removeIf(field -> field.desc.equals("L" + companion + ";"));
        for (MethodNode method : type.methods) {
            for (AbstractInsnNode each : method.instructions.toArray()) {
                boolean isMade = each.getOpcode() == Opcodes.NEW && ((TypeInsnNode) each).desc.equals(companion);
                for (int i = 0; isMade && i < 5; i++) {
                    AbstractInsnNode next = each.getNext();
                    method.instructions.remove(each);
                    each = next;
                }
            }
        }
    }

    private static void forget(List<AnnotationNode> annotations, List<String> types) {
        if (annotations != null) annotations.removeIf(annotation -> types.contains(annotation.desc));
    }

    /** Leaves {@code checkNotNullParameter(argument, "its name")} and its like out, and what loads their two arguments. */
    private static void trust(MethodNode method) {
        for (AbstractInsnNode each : method.instructions.toArray()) {
            if (!(each instanceof MethodInsnNode)) continue;
            MethodInsnNode call = (MethodInsnNode) each;
            if (!call.owner.equals("kotlin/jvm/internal/Intrinsics") || !CHECKS.contains(call.name)) continue;
            AbstractInsnNode name = call.getPrevious();
            AbstractInsnNode value = name.getPrevious();
            boolean isPlain = value.getOpcode() == Opcodes.ALOAD || value.getOpcode() == Opcodes.DUP;
            if (name.getOpcode() != Opcodes.LDC || !isPlain) continue;
            method.instructions.remove(value);
            method.instructions.remove(name);
            method.instructions.remove(call);
        }
    }
}
