package dev.tandem.redis

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe

/** The right column is what Python 3 made of it: `md5(json.dumps({…}, sort_keys=True))`. */
class PlainTextKeySpec :
    FunSpec({
        for ((name, model, prompt, key) in listOf(
            Row("plain", "gpt-3.5-turbo", "What is AI?", "a5f3447b03d635350e2bfd00624c132d"),
            Row("not ASCII", "gpt-4", "Größe: 5 €", "8d2ec396fb8fd6711f6855df4c0f29a7"),
            Row("quotes and strokes", "gpt-4", "Say \"hi\" \\ / back", "a025c72444168042ab4e05505afa3780"),
            Row("controls with a name", "m", "a\nb\tc\rd\be\u000Cf", "59d27ffe9f109947419ec2f7a4bf555a"),
            Row("controls without one", "m", "\u0000\u001f\u007f\u0080", "6d328b8098441ac187cb6d40fde383a0"),
            Row("a pair", "m", "smile \uD83D\uDE00", "80bb6cb7a84c991d431ca2c4ad63cd78"),
            Row("half a pair", "m", "\uD83D", "e91d024c667b04df2667d288672ab46d"),
            Row("Japanese", "m", "日本語", "b30079d0637c30041ae8c5110085f399"),
            Row("line separators, and a model that is not ASCII", "modèle", "é\u2028\u2029", "9c62d172fed4dc8062db844d8c748d51"),
            Row("what HTML escapes", "m", "</script>&'<", "8e46c7efb97068c36c27c2ff6611ff02"),
        )) {
            test(name) { plainTextKeyOf(model, prompt) shouldBe key }
        }
    })

private data class Row(val name: String, val model: String, val prompt: String, val key: String)
