package dev.tandem.schema

import io.kotest.core.spec.style.FunSpec
import io.kotest.matchers.shouldBe
import kotlinx.serialization.json.Json
import kotlinx.serialization.json.JsonObject
import kotlinx.serialization.json.jsonObject

class DialectSpec :
    FunSpec({
        class Rule(val dialect: Dialect, val name: String, val given: String, val sent: String?)

        val all = "'required':['a'],"
        val recursive =
            "{'type':'object','properties':{'a':{'REF':'#/DEFS/n'}},$all'additionalProperties':false,'DEFS':{'n':{'type':'object'," +
                "'properties':{'next':{'type':'array','items':{'REF':'#/DEFS/n'}}},'required':['next'],'additionalProperties':false}}}"
        val rules = listOf(
            Rule(Dialect.OPENAI, "what is optional is null instead", within("{'type':'string'}", ""), within("{'type':['string','null']}")),
            Rule(
                Dialect.OPENAI,
                "so is an enum",
                within("{'enum':['x']}", ""),
                within("{'anyOf':[{'enum':['x'],'type':'string'},{'type':'null'}]}"),
            ),
            Rule(
                Dialect.OPENAI,
                "and one of several",
                within("{'anyOf':[{'type':'string'}],'description':'so'}", ""),
                within("{'anyOf':[{'type':'string'},{'type':'null'}],'description':'so'}"),
            ),
            Rule(Dialect.OPENAI, "objects are closed", "{'properties':{'a':{'type':'null'}},'required':['a']}", within("{'type':'null'}")),
            Rule(Dialect.OPENAI, "maps cannot be said", within("{'type':'object','additionalProperties':{'type':'string'}}"), null),
            Rule(Dialect.OPENAI, "nor can any object", "{'type':'object'}", null),
            Rule(Dialect.OPENAI, "nor anything", within("{}"), null),
            Rule(Dialect.OPENAI, "nor a list of anything", within("{'type':'array'}"), null),
            Rule(Dialect.OPENAI, "the root is an object", "{'type':'array','items':{'type':'string'}}", null),
            Rule(Dialect.OPENAI, "and no choice", "{'anyOf':[${within("{'type':'null'}")}]}", null),
            Rule(Dialect.OPENAI, "oneOf is anyOf", within("{'oneOf':[{'type':'string'}]}"), within("{'anyOf':[{'type':'string'}]}")),
            Rule(Dialect.OPENAI, "bounds are taken", within("{'type':'integer','minimum':1}"), within("{'type':'integer','minimum':1}")),
            Rule(
                Dialect.OPENAI,
                "lengths are told",
                within("{'type':'string','minLength':1}"),
                within("{'type':'string','description':'(minLength: 1)'}"),
            ),
            Rule(
                Dialect.OPENAI,
                "defaults are told, behind what is said already",
                within("{'type':'integer','default':5,'description':'Size'}"),
                within("{'type':'integer','description':'Size (default: 5)'}"),
            ),
            Rule(
                Dialect.OPENAI,
                "unknown formats are told",
                within("{'type':'string','format':'uri'}"),
                within("{'type':'string','description':'(format: uri)'}"),
            ),
            Rule(Dialect.OPENAI, "a constant has its type", within("{'const':'x'}"), within("{'const':'x','type':'string'}")),
            Rule(
                Dialect.OPENAI,
                "what only people read is left out",
                within("{'type':'string','examples':['x']}"),
                within("{'type':'string'}"),
            ),
            Rule(Dialect.OPENAI, "recursion is taken", recursive, recursive),
            Rule(
                Dialect.OPENAI,
                "words beside a reference are said around it",
                recursive.replace("{'REF':'#/DEFS/n'}},$all", "{'REF':'#/DEFS/n','description':'so'}},$all"),
                recursive.replace("{'REF':'#/DEFS/n'}},$all", "{'anyOf':[{'REF':'#/DEFS/n'}],'description':'so'}},$all"),
            ),
            Rule(
                Dialect.OPENAI,
                "a root that refers elsewhere is what it refers to",
                "{'REF':'#/DEFS/n','DEFS':{'n':${within("{'type':'null'}")}}}",
                within("{'type':'null'}").dropLast(1) + ",'DEFS':{'n':${within("{'type':'null'}")}}}",
            ),
            Rule(
                Dialect.OPENAI,
                "parts are put together",
                "{'allOf':[${within("{'type':'null'}")},{'properties':{'b':{'type':'null'}},'required':['b']}]}",
                "{'type':'object','properties':{'a':{'type':'null'},'b':{'type':'null'}},'required':['a','b'],'additionalProperties':false}",
            ),
            Rule(Dialect.OPENAI, "unless they contradict", within("{'allOf':[{'minimum':1,'type':'integer'},{'minimum':2}]}"), null),
            Rule(Dialect.OPENAI, "a reference to nothing cannot be said", within("{'REF':'#/DEFS/x'}"), null),
            Rule(
                Dialect.OPENAI_WIRE,
                "others are told of bounds",
                within("{'type':'integer','minimum':1}"),
                within("{'type':'integer','description':'(minimum: 1)'}"),
            ),
            Rule(Dialect.ANTHROPIC, "optional stays optional", within("{'type':'string'}", ""), within("{'type':'string'}", "")),
            Rule(
                Dialect.ANTHROPIC,
                "bounds are told",
                within("{'type':'integer','minimum':1,'maximum':2}"),
                within("{'type':'integer','description':'(minimum: 1; maximum: 2)'}"),
            ),
            Rule(
                Dialect.ANTHROPIC,
                "patterns are told",
                within("{'type':'string','pattern':'a'}"),
                within("{'type':'string','description':'(pattern: a)'}"),
            ),
            Rule(
                Dialect.ANTHROPIC,
                "at least one is taken",
                within("{'type':'array','items':{'type':'null'},'minItems':1}"),
                within("{'type':'array','items':{'type':'null'},'minItems':1}"),
            ),
            Rule(
                Dialect.ANTHROPIC,
                "at least two are told",
                within("{'type':'array','items':{'type':'null'},'minItems':2}"),
                within("{'type':'array','items':{'type':'null'},'description':'(minItems: 2)'}"),
            ),
            Rule(
                Dialect.ANTHROPIC,
                "defaults are taken",
                within("{'type':'integer','default':1}"),
                within("{'type':'integer','default':1}"),
            ),
            Rule(Dialect.ANTHROPIC, "maps cannot be said", within("{'type':'object','additionalProperties':{'type':'string'}}"), null),
            Rule(Dialect.ANTHROPIC, "recursion cannot be said", recursive, null),
            Rule(Dialect.GEMINI, "constants are enums of one", within("{'const':'x'}"), within("{'enum':['x'],'type':'string'}")),
            Rule(
                Dialect.GEMINI,
                "enums of other values are told",
                within("{'const':true}"),
                within("{'type':'boolean','description':'(const: true)'}"),
            ),
            Rule(
                Dialect.GEMINI,
                "maps are taken",
                within("{'type':'object','additionalProperties':{'type':'string'}}"),
                within("{'type':'object','additionalProperties':{'type':'string'}}"),
            ),
            Rule(
                Dialect.GEMINI,
                "bounds are taken, but no open ones",
                within("{'type':'integer','minimum':1,'exclusiveMaximum':3}"),
                within("{'type':'integer','minimum':1,'description':'(exclusiveMaximum: 3)'}"),
            ),
            Rule(Dialect.GEMINI, "what leads back to itself is optional", recursive, recursive.replace("'required':['next'],", "")),
            Rule(
                Dialect.OLLAMA,
                "patterns are told",
                within("{'type':'string','pattern':'a'}"),
                within("{'type':'string','description':'(pattern: a)'}"),
            ),
            Rule(Dialect.OLLAMA, "recursion is taken", recursive, recursive),
        )
        for (rule in rules) {
            test("${nameOf(rule.dialect)}: ${rule.name}") { rule.dialect.of(parsed(rule.given)) shouldBe rule.sent?.let(::parsed) }
        }
    })

internal fun parsed(schema: String): JsonObject =
    Json.parseToJsonElement(schema.replace('\'', '"').replace("REF", "\$ref").replace("DEFS", "\$defs")).jsonObject

/** [own] within an object, which all take. */
internal fun within(own: String, required: String = "'required':['a'],") =
    "{'type':'object','properties':{'a':$own},$required'additionalProperties':false}"

internal fun nameOf(dialect: Dialect) = when (dialect) {
    Dialect.OPENAI -> "OpenAI"
    Dialect.OPENAI_WIRE -> "OpenAI's wire"
    Dialect.ANTHROPIC -> "Anthropic"
    Dialect.GEMINI -> "Gemini"
    else -> "Ollama"
}
