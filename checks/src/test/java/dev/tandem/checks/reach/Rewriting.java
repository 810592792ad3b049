package dev.tandem.checks.reach;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Sends the lookups of one class to {@link Lookups}, and lists the places where it has some. */
final class Rewriting extends ClassVisitor {
    private static final Pattern LOOKUPS = Pattern.compile("java/lang/Class\\.(forName|newInstance"
            + "|get(Declared)?(Method|Field|Constructor)s?|get(Declared)?Classes|getResource.*)"
            + "|java/lang/ClassLoader\\.(loadClass|getResource.*|getSystemResource.*|resources)"
            + "|java/lang/reflect/(Array\\.newInstance|Proxy\\..*)"
            + "|java/lang/invoke/MethodHandles\\$Lookup\\.(find|unreflect).*"
            + "|java/lang/(System|Runtime)\\.load(Library)?|java/util/ResourceBundle\\.getBundle");
    private static final String INSTEAD = Type.getInternalName(Lookups.class);

    private final Set<String> sites = new TreeSet<>();
    private String owner = "";

    private Rewriting(ClassWriter to) {
        super(Opcodes.ASM9, to);
    }

    static byte[] rewritten(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new Rewriting(writer), 0);
        return writer.toByteArray();
    }

    static Set<String> sitesIn(byte[] original) {
        ClassReader reader = new ClassReader(original);
        Rewriting rewriting = new Rewriting(new ClassWriter(ClassWriter.COMPUTE_MAXS));
        reader.accept(rewriting, 0);
        return rewriting.sites;
    }

    @Override
    public void visit(
            int version,
            int access,
            String name,
            @Nullable String signature,
            @Nullable String superName,
            String @Nullable [] interfaces) {
        owner = name;
        super.visit(version, access, name, signature, superName, interfaces);
    }

    @Override
    public MethodVisitor visitMethod(
            int access, String name, String descriptor, @Nullable String signature, String @Nullable [] exceptions) {
        MethodVisitor to = super.visitMethod(access, name, descriptor, signature, exceptions);
        return new MethodVisitor(Opcodes.ASM9, to) {
            @Override
            public void visitMethodInsn(
                    int opcode, String type, String called, String calledDescriptor, boolean isInterface) {
                if (!LOOKUPS.matcher(type + "." + called).matches()) {
                    super.visitMethodInsn(opcode, type, called, calledDescriptor, isInterface);
                    return;
                }
                String site = site(name, called);
                sites.add(site);
                super.visitLdcInsn(Type.getObjectType(owner));
                super.visitLdcInsn(site);
                String instead = insteadOf(opcode == Opcodes.INVOKESTATIC ? null : type, calledDescriptor);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, INSTEAD, checked(called, instead, site), instead, false);
            }

            @Override
            public void visitInvokeDynamicInsn(
                    String called, String calledDescriptor, Handle bootstrap, Object... arguments) {
                for (Object each : arguments) {
                    if (each instanceof Handle handle
                            && LOOKUPS.matcher(handle.getOwner() + "." + handle.getName())
                                    .matches()) {
                        throw new AssertionError(site(name, handle.getName()) + " is a reference: write a lambda");
                    }
                }
                super.visitInvokeDynamicInsn(called, calledDescriptor, bootstrap, arguments);
            }
        };
    }

    private String site(String method, String called) {
        return owner.replace('/', '.') + "." + method + " → " + called;
    }

    private static String insteadOf(@Nullable String receiver, String descriptor) {
        StringBuilder instead = new StringBuilder("(");
        if (receiver != null) instead.append(Type.getObjectType(receiver).getDescriptor());
        for (Type each : Type.getArgumentTypes(descriptor)) instead.append(each.getDescriptor());
        return instead.append("Ljava/lang/Class;Ljava/lang/String;)")
                .append(Type.getReturnType(descriptor).getDescriptor())
                .toString();
    }

    private static String checked(String name, String descriptor, String site) {
        boolean isKnown = Arrays.stream(Lookups.class.getDeclaredMethods())
                .anyMatch(each -> each.getName().equals(name)
                        && Type.getMethodDescriptor(each).equals(descriptor));
        if (!isKnown) throw new AssertionError(site + " looks up what Lookups does not know: add " + name + descriptor);
        return name;
    }
}
