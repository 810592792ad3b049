package dev.tandem.onnx

import io.kotest.core.spec.style.FunSpec
import io.kotest.datatest.withData
import io.kotest.matchers.ints.shouldBeLessThanOrEqual
import io.kotest.matchers.shouldBe
import io.kotest.property.Arb
import io.kotest.property.arbitrary.string
import io.kotest.property.checkAll

class WordPiecesSpec :
    FunSpec({
        context("the pieces are those of the model's own tokenizer") {
            withData(nameFn = { it.first.take(30) }, KNOWN) { (text, ids) -> Model.pieces.idsOf(text).joinToString(" ") shouldBe ids }
        }

        test("no text is too odd for it, and none has more than three pieces for each char") {
            checkAll(Arb.string(0..200)) { MiniLm.TOKENS.count(it, null) shouldBeLessThanOrEqual 3 * it.length }
            Model.pieces.idsOf("\uD83D").size
            Model.pieces.idsOf("x".repeat(1_000_000)).size shouldBe 1
        }
    })

/** Texts, and what the reference implementation makes of them. */
private val KNOWN: List<Pair<String, String>> = listOf(
    "hello world" to "7592 2088",
    "Hello, World!" to "7592 1010 2088 999",
    "The quick brown fox jumps over the lazy dog." to "1996 4248 2829 4419 14523 2058 1996 13971 3899 1012",
    "unaffable embeddings tokenization" to "14477 20961 3468 7861 8270 4667 2015 19204 3989",
    "Don't stop-believin' (1981)" to "2123 1005 1056 2644 1011 19337 2666 6371 1005 1006 3261 1007",
    "Café naïve résumé Ångström" to "7668 15743 13746 17076 15687",
    "I love 日本語 and 中文字" to "1045 2293 1864 1876 1950 1998 1746 1861 100",
    "Привет, мир!" to "1194 16856 10325 25529 15290 22919 1010 1191 10325 16856 999",
    "안녕하세요 세계" to "1463 30006 30021 29992 30010 30025 30005 30006 29997 30009 29999 30013 100",
    "مرحبا بالعالم" to "1295 17149 29820 29816 25573 1271 25573 23673 29830 25573 23673 22192",
    "İstanbul ISTANBUL ßtraße" to "9960 9960 1096 6494 17499",
    "emoji \uD83D\uDE00\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 done" to "7861 29147 2072 100 2589",
    "\$100.50 @user #tag a_b-c/d" to "1002 2531 1012 2753 1030 5310 1001 6415 1037 1035 1038 1011 1039 1013 1040",
    "tab\u0009and\u000Anewline\u000D\u000A\u00A0nbsp\u200Bzero" to "21628 1998 2047 4179 1050 5910 2361 6290 2080",
    "supercalifragilisticexpialidocious" to "3565 9289 10128 29181 24411 4588 10288 19312 21273 10085 6313",
    "x".repeat(101) + " y" to "100 1061",
    "สว\u0E31สด\u0E35ชาวโลก" to "100",
    "नमस\u094Dत\u0947 द\u0941न\u093Fय\u093E" to "1327 29867 29874 29859 1325 29863 29877 29868 29876",
    "e\u0301 vs é" to "1041 5443 1041",
    "\u2211 \u221E \u2260 \u00BD \u00B2 \u2122 \u00A9" to "100 1601 1027 1092 1082 1580 1075",
    "\u201Cquotes\u201D \u2013 dash\u2026 \u2018single\u2019" to "1523 16614 1524 1516 11454 1529 1520 2309 1521",
    "[sep] not special" to "1031 19802 1033 2025 2569",
    "\uFB01 ligature \uFDFA" to "1984 8018 11244 100",
    "\uFFFD\u0000\u0007 odd" to "5976",
    "IJ ĳ Ǆ ŉ" to "1045 3501 100 100 100",
    "ΑΒΓ Σίσυφος ΟΔΥΣΣΕΥΣ" to "1155 29720 29721 1173 18199 29733 29735 29736 15297 1169 29722 29735 29733 29733 29723 29735 29733",
)
