package dev.tandem.privacy

import kotlin.jvm.JvmField
import kotlin.jvm.JvmName
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** What is masked, and under which name: `[EMAIL_3FA9C2]` stands for an address. */
public class MaskingRule private constructor(
    /** What placeholders begin with. */
    public val name: String,
    @get:JvmSynthetic internal val pattern: Regex,
    /** What the pattern takes may end with something else. */
    private val mayEndSooner: Boolean,
    private val isMeant: (String) -> Boolean,
) {
    /** Where [text] holds such a thing. */
    internal fun placesIn(text: String): List<IntRange> = buildList {
        var at = 0
        while (at <= text.length) {
            val found = pattern.find(text, at)?.range ?: return@buildList
            val end = endIn(text, found)
            if (end > found.first) add(found.first until end)
            at = maxOf(end, if (mayEndSooner) found.first + 1 else found.last + 1, at + 1)
        }
    }

    /** Where the thing ends that [found] begins with: a pattern may take what stands behind it for a part of it. */
    private fun endIn(text: String, found: IntRange): Int {
        if (isMeant(text.substring(found))) return found.last + 1
        if (!mayEndSooner) return found.first
        for (end in found.last downTo found.first + 1) {
            if (text[end].isLetterOrDigit() || !text[end - 1].isLetterOrDigit()) continue
            val part = text.substring(found.first, end)
            if (pattern.matches(part) && isMeant(part)) return end
        }
        return found.first
    }

    override fun toString(): String = "MaskingRule($name)"

    /** Rules that are there already, and how others are made. */
    public companion object {
        private val NAME = Regex("[A-Z][A-Z0-9_]{0,30}")

        /** Such as `ada@example.org`, in letters of any language. */
        @JvmField public val EMAIL: MaskingRule = of("EMAIL", "[\\p{L}0-9._%+-]{1,64}@[\\p{L}0-9-]{1,63}(?:\\.[\\p{L}0-9-]{1,63}){1,8}")

        /** With a country's prefix, or with spaces, dots, hyphens or brackets in it: bare digits are anything. Several in a row are one. */
        @JvmField public val PHONE: MaskingRule =
            where(
                "PHONE",
                "(?<![\\w.+-])(?:\\+\\d{1,3}[ ./-]?)?(?:\\(\\d{1,5}\\)[ ./-]?)?\\d{1,5}(?:[ ./-]\\d{2,8}){1,5}(?![\\w-])|(?<!\\w)\\+\\d{8,15}(?!\\w)|(?<!\\w)\\(\\d{2,5}\\)[ ./-]?\\d{4,10}(?![\\w-])",
            ) {
                isPhone(it) || it.split(' ').all(::isPhone)
            }

        /** 12 to 19 digits whose last one is right. */
        @JvmField public val CREDIT_CARD: MaskingRule =
            where("CARD", "(?<![\\w-])\\d(?:[ -]?\\d){11,18}(?![\\w-])", mayEndSooner = true) { hasRightCheckDigit(it) }

        /** Account numbers whose check digits are right, with or without spaces. */
        @JvmField public val IBAN: MaskingRule =
            where(
                "IBAN",
                "(?<!\\w)[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\\w)",
                mayEndSooner = true,
            ) { hasRightRemainder(it) }

        /** Of IPv4 and IPv6. */
        @JvmField public val IP_ADDRESS: MaskingRule =
            where("IP", "(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.])|(?<![\\w:])(?:[0-9A-Fa-f]{0,4}:){2,7}[0-9A-Fa-f]{1,4}(?![\\w:])") {
                it.isAddress()
            }

        /** American social security numbers. */
        @JvmField public val US_SSN: MaskingRule = of("SSN", "(?<![\\w-])(?!000|666|9\\d\\d)\\d{3}-(?!00)\\d{2}-(?!0000)\\d{4}(?![\\w-])")

        /** All of these. */
        @JvmField public val COMMON: List<MaskingRule> = listOf(EMAIL, IBAN, CREDIT_CARD, US_SSN, IP_ADDRESS, PHONE)

        /** What [pattern] finds. A pattern that takes for ever on some text holds the call up. */
        @JvmStatic
        public fun of(name: String, pattern: String): MaskingRule = where(name, pattern) { it.isNotEmpty() }

        /** [of], for a pattern that is there already. */
        @JvmSynthetic
        @JvmName("ofRegex")
        public fun of(name: String, pattern: Regex): MaskingRule = MaskingRule(checked(name), pattern, false) { it.isNotEmpty() }

        private fun where(name: String, pattern: String, mayEndSooner: Boolean = false, isMeant: (String) -> Boolean): MaskingRule {
            val regex = runCatching { Regex(pattern) }
                .getOrElse {
                    throw IllegalArgumentException(
                        "the pattern of masking rule '$name' is no regular expression: ${it.message}",
                        it,
                    )
                }
            return MaskingRule(checked(name), regex, mayEndSooner, isMeant)
        }

        private fun checked(name: String) = name.also {
            require(NAME.matches(it)) { "the name of a masking rule must be 1 to 31 capital letters, digits or _, but is '$it'" }
        }

        private fun hasRightCheckDigit(card: String): Boolean {
            val digits = card.filter(Char::isDigit).reversed()
            val sum = digits.indices.sumOf { i -> digits[i].digitToInt().let { if (i % 2 == 0) it else it * 2 / 10 + it * 2 % 10 } }
            return sum % 10 == 0
        }

        private fun hasRightRemainder(iban: String): Boolean {
            val plain = iban.replace(" ", "")
            val turned = plain.drop(4) + plain.take(4)
            val rest = turned.fold(0) { rest, char -> char.digitToInt(BASE_36).let { (rest * (if (it < 10) 10 else 100) + it) % 97 } }
            return rest == 1
        }

        private fun String.isAddress() = if (':' in this) count { it == ':' } == 7 || "::" in this else split('.').all { it.toInt() <= 255 }

        private fun isPhone(text: String) = text.count(Char::isDigit) in PHONE_DIGITS && !LOOKS_LIKE_DATE.matches(text)

        private const val BASE_36 = 36
        private val PHONE_DIGITS = 7..15
        private val LOOKS_LIKE_DATE = Regex("\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}(?: \\d{2})?|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}")
    }
}
