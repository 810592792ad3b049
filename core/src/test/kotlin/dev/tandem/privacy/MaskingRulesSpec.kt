package dev.tandem.privacy

import io.kotest.assertions.throwables.shouldThrow
import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.collections.shouldBeEmpty
import io.kotest.matchers.collections.shouldContainExactly
import io.kotest.matchers.shouldBe
import io.kotest.matchers.string.shouldContain
import io.kotest.matchers.string.shouldNotContain
import io.kotest.property.Arb
import io.kotest.property.arbitrary.int
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll

class MaskingRulesSpec :
    FunSpec({
        fun found(text: String) = MaskingRule.COMMON.flatMap { rule -> rule.placesIn(text).map { "${rule.name} ${text.substring(it)}" } }

        fun placeholders() = Placeholders(MaskingRule.COMMON, "salt".encodeToByteArray())

        withData(
            nameFn = { it.first },
            "Write to anna.b+x@mail.example.org." to "EMAIL anna.b+x@mail.example.org",
            "My card is 4111 1111 1111 1111, thanks" to "CARD 4111 1111 1111 1111",
            "card 5500005555555559" to "CARD 5500005555555559",
            "IBAN DE89 3704 0044 0532 0130 00 please" to "IBAN DE89 3704 0044 0532 0130 00",
            "GB82WEST12345698765432" to "IBAN GB82WEST12345698765432",
            "from 192.168.0.17:8080" to "IP 192.168.0.17",
            "host 2001:db8::ff00:42:8329" to "IP 2001:db8::ff00:42:8329",
            "SSN 219-09-9999" to "SSN 219-09-9999",
            "call +49 30 123456" to "PHONE +49 30 123456",
            "call (555) 010-9999 now" to "PHONE (555) 010-9999",
            "call (030) 123456" to "PHONE (030) 123456",
            "call (0171)1234567." to "PHONE (0171)1234567",
            "call +4930123456" to "PHONE +4930123456",
            "card 4111 1111 1111 1111 12/27" to "CARD 4111 1111 1111 1111",
            "4111 1111 1111 1111 123" to "CARD 4111 1111 1111 1111",
            "IBAN DE89 3704 0044 0532 0130 00 BIC" to "IBAN DE89 3704 0044 0532 0130 00",
            "NL91 ABNA 0417 1643 00 EUR 5" to "IBAN NL91 ABNA 0417 1643 00",
            "call 555-123-4567 555-987-6543" to "PHONE 555-123-4567 555-987-6543",
            "anna@bücher.de" to "EMAIL anna@bücher.de",
        ) { (text, what) -> (what in found(text)) shouldBe true }

        withData(
            nameFn = { it },
            "the meeting is on 2026-11-22 at 10:30",
            "version 1.2.3 of 12 files",
            "order 4111111111111112",
            "999.1.1.300 is no address",
            "DE00370400440532013000",
            "a price of 1,250.00 or 3 for 2",
            "me@home",
            "the time is 12:30:45",
            "the card at 3c:22:fb:00:01:02 has de:ad:be:ef",
            "from 2024-01-15/2024-02-15, or 2024-01-15 2024-02-15",
            "15.01.2024 22.01.2024",
            "1000 2000 3000 4001",
        ) { found(it).shouldBeEmpty() }

        test("the same value has the same placeholder, and another another") {
            val all = placeholders()
            val masked = all.mask("a@b.de and c@d.de and a@b.de")
            val names = Placeholders.PLACEHOLDER
                .findAll(masked)
                .map { it.value }
                .toList()
            names[0] shouldBe names[2]
            names.toSet().size shouldBe 2
            all.unmask(masked) { it } shouldBe "a@b.de and c@d.de and a@b.de"
        }

        test("another client's placeholders tell nothing of this one's") {
            val one = Placeholders(MaskingRule.COMMON, "one".encodeToByteArray()).mask("a@b.de")
            val other = Placeholders(MaskingRule.COMMON, "two".encodeToByteArray()).mask("a@b.de")
            (one == other) shouldBe false
        }

        test("of two that overlap, the one that begins first wins, and then the longer") {
            val rules = listOf(MaskingRule.of("NAME", "Anna"), MaskingRule.of("FULL", "Anna Blume"))
            val masked = Placeholders(rules, ByteArray(1)).mask("Anna Blume met Anna")
            masked shouldNotContain "Blume"
            Placeholders.PLACEHOLDER
                .findAll(masked)
                .map { it.value.substringBefore('_') }
                .toList() shouldContainExactly
                listOf("[FULL", "[NAME")
        }

        test("of two that overlap, nothing is left over") {
            val rules = listOf(MaskingRule.of("NAME", "John Smith"), MaskingRule.of("STREET", "Smith Street 5"))
            Placeholders(rules, ByteArray(1)).mask("at John Smith Street 5!") shouldContain Regex("^at \\[NAME_[0-9A-F]{6}]!$")
        }

        test("whatever stands around them, values come back and are not in what is sent") {
            checkAll(300, Arb.string(0, 60), Arb.string(0, 60), Arb.int(10_000, 99_999)) { before, after, number ->
                val value = "user$number@mail.example.org"
                val text = "$before $value $after"
                val all = placeholders()
                val masked = all.mask(text)
                masked shouldNotContain value
                all.unmask(masked) { it } shouldBe text
            }
        }

        test("a rule that is none is refused by its name") {
            shouldThrow<IllegalArgumentException> { MaskingRule.of("email", "x") }.message shouldContain "'email'"
            shouldThrow<IllegalArgumentException> { Masking.builder().secret("short") }.message shouldContain "at least 16"
            shouldThrow<IllegalArgumentException> { MaskingRule.of("BAD", "(") }.message shouldContain "'BAD'"
            shouldThrow<IllegalArgumentException> {
                Masking.builder().rule(MaskingRule.EMAIL).rule(MaskingRule.EMAIL)
            }.message shouldContain "'EMAIL'"
        }
    })
