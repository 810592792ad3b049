package dev.tandem.checks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What {@link CommentsTest} sees in sources, on small ones. */
class DeclarationsTest {
    @Test
    void kotlinMembersAreSeen() {
        assertEquals(
                List.of(
                        "Silent",
                        "Silent.one",
                        "Silent.two",
                        "Silent.constructor",
                        "Silent.three",
                        "Silent.four",
                        "five"),
                lackingInKotlin("""
                        package planted

                        public class Silent private constructor(public val one: Int, private val hidden: Int = f("{")) : Base(hidden) {
                            @get:JvmSynthetic
                            public var two: Int? = null
                                set(value) {
                                    val local = value
                                    field = local
                                }

                            public constructor(text: String) : this(text.length, 0)

                            /** Only here is a comment. */
                            public fun said(): String = "public fun ${quoted("}")} {"

                            // No documentation.
                            public suspend inline fun <reified T : Any> Flow<T>.three(work: (T) -> Unit): Unit = run { val x = 1 }
                            internal fun hidden() {}
                            protected open val four: Map<String, List<Int>> by lazy { emptyMap() }
                            override fun toString(): String = "'"
                        }

                        @Anno("class X {")
                        public fun five(vararg names: String) {}
                        """));
    }

    @Test
    void kotlinTypesAreSeen() {
        assertEquals(
                List.of(
                        "One",
                        "Two",
                        "Two.run",
                        "Three.Four",
                        "Three.Companion.MADE",
                        "Three.Companion.make",
                        "Seven.Key"),
                lackingInKotlin("""
                        public object One
                        public fun interface Two { public fun run(what: String) }
                        /** A comment. */
                        public sealed class Three {
                            public class Four : Three()
                            internal class Five(public val hidden: Int) { public fun hiddenToo() {} }
                            public companion object {
                                @JvmField public val MADE: Three = object : Three() { fun local() {} }
                                @JvmStatic
                                public fun make(): Three = Four()
                            }
                        }
                        /** A comment. */
                        public class Six
                        private class Hidden { public val x: Int = 1 }
                        /** A comment. */
                        public class Seven { public companion object Key : Base<Seven> }
                        """));
    }

    @Test
    void kotlinEntriesAreSeen() {
        assertEquals(List.of("Kind.ONE", "Kind.THREE", "Kind.words", "Plain.A", "Plain.B"), lackingInKotlin("""
                        /** A comment. */
                        public enum class Kind(private val fits: (Int) -> Boolean) {
                            ONE({ it == 1 }),
                            /** A comment. */
                            TWO({ it == 2 }),
                            THREE({ it == 3 }) {
                                override fun toString(): String = "three"
                            },
                            ;
                            public val words: String get() = name
                        }
                        /** A comment. */
                        public enum class Plain { A, B }
                        """));
    }

    @Test
    void kotlinConstructorPropertiesAreSaidByTheTypeOrHere() {
        assertEquals(List.of("Said.three", "Said.thre"), lackingInKotlin("""
                        /**
                         * A type, of [three] and [thre].
                         *
                         * @property one what it is,
                         * in two lines.
                         */
                        public class Said(
                            public val one: Int,
                            /** Here. */
                            public val two: Int,
                            public val three: Int,
                            public val thre: Int,
                        )
                        """));
    }

    @Test
    void javaIsSeen() {
        assertEquals(
                List.of(
                        "Open",
                        "Open.FIELD",
                        "Open.constructor",
                        "Open.run",
                        "Open.Inner.within",
                        "Open.Color.RED",
                        "Open.Row.sum"),
                lacking(JavaDeclarations.in("""
                                public class Open {
                                    public static final String FIELD = "/** no comment */";
                                    private int hidden;
                                    protected Open() {}
                                    Open(int hidden) {}
                                    public void run() { class Local { public void hidden() {} } }
                                    @Override public String toString() { return ""; }
                                    /** A comment. */
                                    public interface Inner { void within(); private void hidden() {} }
                                    /** A comment. */
                                    public enum Color { RED, /** A comment. */ GREEN }
                                    /** A comment. */
                                    public record Row(int one, int two) { public int sum() { return one + two; } }
                                    static class Hidden { public void hidden() {} }
                                }
                                """)));
    }

    @Test
    void aCommentThatOnlyRepeatsTheNameSaysNothing() {
        assertTrue(saysNothing("/** Gets the retry policy. */ public fun retryPolicy() {}"));
        assertTrue(saysNothing("/** The name. */ public val name: String = f()"));
        assertFalse(saysNothing("/** The name, \"\" for none. */ public val name: String = f()"));
        assertFalse(saysNothing("/** In milliseconds. */ public val timeout: Long = 1"));
        assertFalse(saysNothing("public val name: String = f()"));
    }

    private static boolean saysNothing(String kotlin) {
        return KotlinDeclarations.in(kotlin).stream().anyMatch(Declared::saysNothing);
    }

    private static List<String> lackingInKotlin(String text) {
        return lacking(KotlinDeclarations.in(text));
    }

    private static List<String> lacking(List<Declared> declared) {
        return declared.stream()
                .filter(Declared::lacksComment)
                .map(Declared::path)
                .toList();
    }
}
