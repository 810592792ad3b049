package dev.tandem.checks;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** What a Java file declares for everybody, as the compiler reads it. The components of a record are described by the record. */
final class JavaDeclarations extends TreePathScanner<Void, String> {
    private final DocTrees comments;
    private final CompilationUnitTree file;
    private final List<Declared> found = new ArrayList<>();

    private JavaDeclarations(DocTrees comments, CompilationUnitTree file) {
        this.comments = comments;
        this.file = file;
    }

    static List<Declared> in(String text) {
        JavacTask task = (JavacTask)
                ToolProvider.getSystemJavaCompiler().getTask(null, null, null, List.of(), null, List.of(fileOf(text)));
        try {
            CompilationUnitTree file = task.parse().iterator().next();
            JavaDeclarations declarations = new JavaDeclarations(DocTrees.instance(task), file);
            declarations.scan(file, "");
            return declarations.found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JavaFileObject fileOf(String text) {
        return new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoresErrors) {
                return text;
            }
        };
    }

    @Override
    public Void visitClass(ClassTree type, String owner) {
        if (!isPublic(type.getModifiers())) return null;
        add(owner, type.getSimpleName().toString(), type.getModifiers());
        return super.visitClass(
                type, owner.isEmpty() ? type.getSimpleName().toString() : owner + "." + type.getSimpleName());
    }

    @Override
    public Void visitMethod(MethodTree method, String owner) {
        String name = method.getName().toString();
        if (isPublic(method.getModifiers()))
            add(owner, name.equals("<init>") ? "constructor" : name, method.getModifiers());
        return null;
    }

    /** A component is a private field to the compiler. */
    @Override
    public Void visitVariable(VariableTree field, String owner) {
        if (isPublic(field.getModifiers())) add(owner, field.getName().toString(), field.getModifiers());
        return null;
    }

    private boolean isPublic(ModifiersTree modifiers) {
        Set<Modifier> flags = modifiers.getFlags();
        if (flags.contains(Modifier.PRIVATE)) return false;
        return flags.contains(Modifier.PUBLIC) || flags.contains(Modifier.PROTECTED) || isInInterface();
    }

    /** What is in one is public without a word. */
    private boolean isInInterface() {
        TreePath outer = getCurrentPath().getParentPath();
        Tree.Kind kind = outer.getLeaf().getKind();
        return kind == Tree.Kind.INTERFACE || kind == Tree.Kind.ANNOTATION_TYPE;
    }

    private void add(String owner, String name, ModifiersTree modifiers) {
        boolean isInherited = modifiers.getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().equals("Override"));
        String comment = comments.getDocComment(getCurrentPath());
        long at = comments.getSourcePositions()
                .getStartPosition(file, getCurrentPath().getLeaf());
        found.add(new Declared(
                owner, name, (int) file.getLineMap().getLineNumber(at), comment == null ? "" : comment, !isInherited));
    }
}
