package dev.tandem.checks;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Something that users of an artifact see: a type, or a member of one.
 *
 * @param owner the type that it is in, as in {@code Outer.Inner}; "" for what is in none.
 * @param name as the source has it, or as Java is told to; of a constructor {@code constructor}, of a companion without a name {@code Companion}.
 * @param line from 1.
 * @param comment what its documentation says; "" where there is none.
 * @param needsComment false where what it overrides says it, and for a companion, which is only a place for others.
 */
record Declared(String owner, String name, int line, String comment, boolean needsComment) {
    /** Words that say of a declaration what all of them are. */
    private static final Set<String> EMPTY_WORDS = Set.of(
            "a",
            "an",
            "the",
            "this",
            "that",
            "its",
            "it",
            "is",
            "of",
            "to",
            "in",
            "for",
            "with",
            "and",
            "get",
            "gets",
            "set",
            "sets",
            "return",
            "returns",
            "create",
            "creates",
            "new",
            "given",
            "value",
            "instance",
            "object",
            "class",
            "param",
            "link",
            "code",
            "property",
            "constructor");

    /** As sources have it. */
    String path() {
        return owner.isEmpty() ? name : owner + "." + name;
    }

    boolean lacksComment() {
        return needsComment && comment.isBlank();
    }

    /** There is a comment, and all of its words are in the names, or in no comment needed. */
    boolean saysNothing() {
        Set<String> words = wordsOf(comment);
        words.removeAll(wordsOf(path()));
        words.removeAll(EMPTY_WORDS);
        return needsComment && !comment.isBlank() && words.isEmpty();
    }

    private static Set<String> wordsOf(String text) {
        return Arrays.stream(text.split("[^\\p{L}\\d]+|(?<=[a-z\\d])(?=[A-Z])"))
                .map(String::toLowerCase)
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
    }
}
