package dev.tandem.checks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a Kotlin file declares for everybody. It reads code in explicit API mode, so whatever is neither private nor internal, nor
 * in something that is, is public. A primary constructor is described by its type.
 */
final class KotlinDeclarations {
    private static final String ANNOTATION = "@(?:\\w+:)?[\\w.]+(?:\\((?:[^()]|\\((?:[^()]|\\([^()]*\\))*\\))*\\))?";
    private static final String MODIFIER =
            "(?:public|protected|private|internal|abstract|open|final|sealed|data|inline|value|enum|annotation|inner|companion"
                    + "|override|suspend|operator|infix|lateinit|const|tailrec|external|vararg|fun(?=\\s+interface\\b))\\b";
    private static final Pattern DECLARATION = Pattern.compile(
            "(?<![\\w@.:`])(?<modifiers>(?:(?:" + ANNOTATION + "|" + MODIFIER
                    + ")\\s*+)*+)(?<keyword>(?:class|interface|object|fun|val|var|constructor|typealias|init)\\b)(?!\\s*[=.:)])");
    private static final String ARGUMENTS = "<(?:[^<>]|<(?:[^<>]|<[^<>]*>)*>)*>";
    private static final Pattern TYPE_NAME = Pattern.compile("\\s+(\\w+)(?:\\s*" + ARGUMENTS + ")?\\s*");
    private static final Pattern MEMBER = Pattern.compile("(?:\\s*" + ARGUMENTS + ")?\\s*([^(:={\\n]*)");
    private static final Pattern JVM_NAME = Pattern.compile("@(?:get:)?JvmName\\(\"(\\w+)\"\\)");
    private static final Pattern WORD = Pattern.compile("\\w+");
    private static final Pattern ENTRY = Pattern.compile("\\s*(?:" + ANNOTATION + "\\s*)*(\\w+)");
    private static final Set<String> TYPES = Set.of("class", "interface", "object");
    private static final Set<String> PROPERTIES = Set.of("val", "var");

    private final String text;
    private final Code blanked;
    private final String code;
    private final List<Declared> found = new ArrayList<>();
    private final Deque<Scope> scopes = new ArrayDeque<>(List.of(new Scope("", "", Scope.Kind.TYPE, true, 0)));

    /** The type whose head is being read, until its body begins or something else is declared. */
    private @Nullable Scope head;

    private int headFrom;
    private int parentheses;

    private KotlinDeclarations(String text) {
        this.text = text;
        blanked = Code.ofKotlin(text);
        code = blanked.toString();
    }

    static List<Declared> in(String text) {
        return new KotlinDeclarations(text).read();
    }

    /** What stands between two braces; {@code outer} is how many parentheses are open around it. */
    private record Scope(String path, String comment, Kind kind, boolean isPublic, int outer) {
        enum Kind {
            TYPE,
            ENUM,
            CODE
        }
    }

    private List<Declared> read() {
        Matcher next = DECLARATION.matcher(code);
        boolean more = next.find();
        for (int at = 0; at < code.length(); at++) {
            while (more && next.start() < at) more = next.find();
            if (more && next.start() == at && isDeclaredHere(next.group("keyword"))) {
                declare(next);
                at = next.end() - 1;
            } else {
                at = read(at);
            }
        }
        return found;
    }

    private boolean isDeclaredHere(String keyword) {
        boolean isInHead = parentheses == 1 && head != null && PROPERTIES.contains(keyword);
        return scopes.element().kind != Scope.Kind.CODE && (parentheses == 0 || isInHead);
    }

    private void declare(Matcher match) {
        String keyword = match.group("keyword");
        Set<String> modifiers = WORD.matcher(match.group("modifiers").replaceAll(ANNOTATION, ""))
                .results()
                .map(word -> word.group())
                .collect(Collectors.toSet());
        if (keyword.equals("constructor") && isPrimary(match.start())) return;
        Scope owner = parentheses == 1 && head != null ? head : scopes.element();
        Matcher renamed = JVM_NAME.matcher(text.substring(match.start(), match.end()));
        String name = renamed.find() ? renamed.group(1) : nameBehind(match.end(), keyword);
        String comment = blanked.commentBefore(match.start());
        if (comment.isEmpty() && parentheses == 1) comment = propertyIn(owner.comment, name);
        boolean isInlined = match.group("modifiers").contains("@PublishedApi");
        boolean isPublic =
                owner.isPublic && !modifiers.contains("private") && (isInlined || !modifiers.contains("internal"));
        boolean isPlaceOnly = modifiers.contains("companion") && name.equals("Companion");
        if (isPublic && !name.isEmpty()) {
            boolean needsComment = !modifiers.contains("override") && !isInlined && !isPlaceOnly;
            add(owner, name, match.start("keyword"), comment, needsComment);
        }
        if (parentheses == 1) return;
        head = null;
        if (TYPES.contains(keyword) && !name.isEmpty()) {
            Scope.Kind kind = modifiers.contains("enum") ? Scope.Kind.ENUM : Scope.Kind.TYPE;
            head = new Scope(owner.path.isEmpty() ? name : owner.path + "." + name, comment, kind, isPublic, 0);
            headFrom = match.end();
        }
    }

    private boolean isPrimary(int at) {
        return head != null && TYPE_NAME.matcher(code).region(headFrom, at).matches();
    }

    /** "" for an object and a function that have none, and for {@code init}. */
    private String nameBehind(int at, String keyword) {
        if (keyword.equals("constructor") || keyword.equals("init")) return keyword.equals("init") ? "" : keyword;
        if (TYPES.contains(keyword) || keyword.equals("typealias")) {
            Matcher name = TYPE_NAME.matcher(code).region(at, code.length());
            if (name.lookingAt()) return name.group(1);
            return code.substring(0, at).matches("(?s).*\\bcompanion\\s+object") ? "Companion" : "";
        }
        Matcher member = MEMBER.matcher(code).region(at, code.length());
        String last = "";
        if (member.lookingAt()) {
            for (Matcher word = WORD.matcher(member.group(1)); word.find(); ) last = word.group();
        }
        return last;
    }

    private static String propertyIn(String comment, String name) {
        Matcher tag = Pattern.compile("@property\\s+" + name + "\\b(.*?)(?=\\n\\s*\\*\\s*@|\\*/)", Pattern.DOTALL)
                .matcher(comment);
        return tag.find() ? tag.group(1) : "";
    }

    private int read(int at) {
        switch (code.charAt(at)) {
            case '(', '[' -> parentheses++;
            case ')', ']' -> parentheses--;
            case '}' -> {
                parentheses = scopes.pop().outer;
                head = null;
            }
            case '{' -> {
                Scope body = parentheses == 0 && head != null
                        ? head
                        : new Scope("", "", Scope.Kind.CODE, false, parentheses);
                scopes.push(body);
                parentheses = 0;
                head = null;
                if (body.kind == Scope.Kind.ENUM) return entries(body, at);
            }
            default -> {}
        }
        return at;
    }

    /** Up to the last char before what ends the entries. */
    private int entries(Scope type, int at) {
        int from = at + 1;
        int depth = 0;
        for (int i = from; ; i++) {
            char c = code.charAt(i);
            boolean isEnd = depth == 0 && (c == ';' || c == '}');
            if (isEnd || (depth == 0 && c == ',')) {
                Matcher entry = ENTRY.matcher(code).region(from, i);
                if (type.isPublic && entry.lookingAt()) {
                    add(type, entry.group(1), entry.start(1), commentIn(from, entry.start(1)), true);
                }
                from = i + 1;
            }
            if (isEnd) return i - 1;
            if (c == '(' || c == '[' || c == '{') depth++;
            if (c == ')' || c == ']' || c == '}') depth--;
        }
    }

    /** The annotations of an entry come after it. */
    private String commentIn(int from, int to) {
        int first = from;
        while (first < to && Character.isWhitespace(code.charAt(first))) first++;
        return blanked.commentBefore(first);
    }

    private void add(Scope owner, String name, int at, String comment, boolean needsComment) {
        int line =
                1 + (int) code.substring(0, at).chars().filter(c -> c == '\n').count();
        found.add(new Declared(owner.path, name, line, comment, needsComment));
    }
}
