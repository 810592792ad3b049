package dev.tandem.privacy

import kotlin.jvm.JvmField
import kotlin.jvm.JvmName
import kotlin.jvm.JvmStatic
import kotlin.jvm.JvmSynthetic

/** What is masked, and under which name: `[EMAIL_3FA9C2]` stands for an address. */
public class MaskingRule private constructor(
    public val name: String,
    @get:JvmSynthetic internal val pattern: Regex,
    private val isMeant: (String) -> Boolean,
) {
    /** Where [text] holds such a thing. */
    internal fun placesIn(text: String): Sequence<IntRange> = pattern.findAll(text).filter { isMeant(it.value) }.map { it.range }

    override fun toString(): String = "MaskingRule($name)"

    public companion object {
        private val NAME = Regex("[A-Z][A-Z0-9_]{0,30}")

        @JvmField public val EMAIL: MaskingRule = of("EMAIL", "[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\\.[A-Za-z0-9-]{1,63}){1,8}")

        /** With a country's prefix, or with spaces, dots, hyphens or brackets in it: bare digits are anything. */
        @JvmField public val PHONE: MaskingRule =
            where(
                "PHONE",
                "(?<![\\w.+-])(?:\\+\\d{1,3}[ ./-]?)?(?:\\(\\d{1,5}\\)[ ./-]?)?\\d{1,5}(?:[ ./-]\\d{2,8}){1,5}(?![\\w-])|(?<!\\w)\\+\\d{8,15}(?!\\w)",
            ) {
                it.count(Char::isDigit) in PHONE_DIGITS && !LOOKS_LIKE_DATE.matches(it)
            }

        /** 12 to 19 digits whose last one is right. */
        @JvmField public val CREDIT_CARD: MaskingRule =
            where("CARD", "(?<![\\w-])\\d(?:[ -]?\\d){11,18}(?![\\w-])") { hasRightCheckDigit(it) }

        @JvmField public val IBAN: MaskingRule =
            where("IBAN", "(?<!\\w)[A-Z]{2}\\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\\w)") { hasRightRemainder(it) }

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
        public fun of(name: String, pattern: Regex): MaskingRule = MaskingRule(checked(name), pattern) { it.isNotEmpty() }

        private fun where(name: String, pattern: String, isMeant: (String) -> Boolean): MaskingRule {
            val regex = runCatching { Regex(pattern) }
                .getOrElse {
                    throw IllegalArgumentException(
                        "the pattern of masking rule '$name' is no regular expression: ${it.message}",
                        it,
                    )
                }
            return MaskingRule(checked(name), regex, isMeant)
        }

        private fun checked(name: String) = name.also {
            require(NAME.matches(it)) { "the name of a masking rule must be 1 to 31 capital letters, digits or _, but is '$it'" }
        }

        private fun hasRightCheckDigit(card: String): Boolean {
            val digits = card.filter(Char::isDigit).reversed()
            return digits
                .mapIndexed { i, digit ->
                    if (i % 2 ==
                        0
                    ) {
                        digit.digitToInt()
                    } else {
                        (digit.digitToInt() * 2).let { it / 10 + it % 10 }
                    }
                }.sum() %
                10 ==
                0
        }

        private fun hasRightRemainder(iban: String): Boolean {
            val plain = iban.replace(" ", "")
            val turned = plain.drop(4) + plain.take(4)
            return turned.fold(0) { rest, char ->
                char.digitToInt(BASE_36).let {
                    if (it <
                        10
                    ) {
                        (rest * 10 + it) % 97
                    } else {
                        (rest * 100 + it) % 97
                    }
                }
            } ==
                1
        }

        private fun String.isAddress() = if (':' in this) count { it == ':' } == 7 || "::" in this else split('.').all { it.toInt() <= 255 }

        private const val BASE_36 = 36
        private val PHONE_DIGITS = 7..15
        private val LOOKS_LIKE_DATE = Regex("\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}(?: \\d{2})?|\\d{1,2}[./-]\\d{1,2}[./-]\\d{2,4}")
    }
}
