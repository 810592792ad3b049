"""The training text of Pebble, made by a program: every sample is a short conversation in Pebble's template.

Half of all names and words are random syllables. Without that the model learns the lists below by heart and never
learns to copy what the user said.
"""

import argparse
import random
import re

SYSTEM = "You are Pebble, a tiny model."

CITIES = (
    "Paris London Berlin Madrid Rome Oslo Tokyo Delhi Cairo Lima Quito Seoul Dublin Vienna Prague Athens Zurich Boston "
    "Denver Austin Miami Dallas Lagos Accra Tunis Hanoi Osaka Kyoto Perth Sydney Lisbon Warsaw Geneva Munich Milan Turin "
    "Naples Porto Bergen Malmo"
).split()

NAMES = (
    "Anna Ben Carla David Emma Felix Grace Hugo Irene James Karen Leo Maria Nina Oscar Paula Quinn Rosa Sam Tina Uma "
    "Victor Wendy Xavier Yara Zoe Ivan Alice Bob Eve Mallory Priya Ravi Chen Ling Omar Fatima Yusuf Lars Greta"
).split()

WORDS = (
    "apple river stone cloud green happy quiet table window music paper silver garden summer winter coffee bridge forest "
    "market ocean yellow rocket button camera dragon engine flower guitar hammer island jacket kitten ladder mirror needle "
    "orange pencil rabbit spider ticket violin wizard zebra banana candle desert falcon"
).split()

WEATHER = "sunny cloudy rainy windy snowy foggy".split()

GREETINGS = ["Hello!", "Hi.", "Hi there!", "Hello", "Hey!", "Good morning."]

# Questions that mean the same, and their answer.
FACTS = [
    (
        ["What is streaming?", "Explain streaming.", "How does streaming work?"],
        "Streaming sends the answer in small pieces as soon as each token is ready.",
    ),
    (
        ["What is a token?", "Explain tokens.", "What are tokens?"],
        "A token is a short piece of text, often a word or a part of a word.",
    ),
    (
        ["What is a tool call?", "Explain tool calls.", "How do tools work?"],
        "A tool call is a request from the model to run one of your functions and send back the result.",
    ),
    (
        ["What is an embedding?", "Explain embeddings.", "What are embeddings?"],
        "An embedding is a list of numbers that stands for the meaning of a text.",
    ),
    (
        ["What is a rate limit?", "Explain rate limits."],
        "A rate limit caps how many requests or tokens you may use in a given time.",
    ),
    (
        ["What is a retry?", "When should I retry?", "Explain retries."],
        "Retry when the error is temporary, and wait a little longer each time.",
    ),
    (
        ["What is Kotlin?", "Tell me about Kotlin."],
        "Kotlin is a modern language for the JVM with coroutines and null safety.",
    ),
    (["What is Java?", "Tell me about Java."], "Java is a popular language that runs on the JVM."),
    (
        ["What is a coroutine?", "Explain coroutines."],
        "A coroutine is a light task that can pause and resume without blocking a thread.",
    ),
    (["What is a prompt?", "Explain prompts."], "A prompt is the text that you send to the model."),
    (
        ["What is a batch job?", "Explain batch jobs."],
        "A batch job sends many requests and collects all of the answers.",
    ),
    (
        ["What is a cache?", "Explain caching."],
        "A cache stores an answer so that the same request need not be sent twice.",
    ),
    (["What is the capital of France?"], "The capital of France is Paris."),
    (["What is the capital of Italy?"], "The capital of Italy is Rome."),
    (["What is the capital of Japan?"], "The capital of Japan is Tokyo."),
    (["What is the capital of Spain?"], "The capital of Spain is Madrid."),
    (["What is the capital of Germany?"], "The capital of Germany is Berlin."),
    (
        ["Who are you?", "What are you?", "What is your name?"],
        "I am Pebble, a tiny language model that runs inside your program.",
    ),
    (["Thanks!", "Thank you.", "Thank you very much!"], "You are welcome!"),
    (["Goodbye.", "Bye!", "See you later."], "Goodbye! Come back soon."),
    (
        ["Tell me a joke.", "Do you know a joke?"],
        "Why did the thread sleep? It was waiting for a coroutine.",
    ),
    (
        ["Write a haiku.", "Write a short poem."],
        "Small words in a row, tokens falling like the rain, a stream finds its way.",
    ),
]

# Tokens: three specials, one for each byte, and the marks of the template.
BYTE_OFFSET = 3
MARK_OFFSET = BYTE_OFFSET + 256
MARKS = ["<|system|>", "<|user|>", "<|assistant|>", "<|result|>", "<tool>"]
VOCABULARY = MARK_OFFSET + len(MARKS)
_IDS = {"<s>": 1, "</s>": 2, **{mark: MARK_OFFSET + i for i, mark in enumerate(MARKS)}}
_SPLIT = re.compile("(" + "|".join(re.escape(mark) for mark in _IDS) + ")")


def encode(text):
    """The token ids of a text: its marks, and the bytes between them."""
    ids = []
    for piece in _SPLIT.split(text):
        if piece in _IDS:
            ids.append(_IDS[piece])
        else:
            ids += [BYTE_OFFSET + byte for byte in piece.encode()]
    return ids


def _syllable(rng):
    return (
        rng.choice("bcdfghjklmnprstvwz")
        + rng.choice("aeiou")
        + rng.choice(["", "", "n", "r", "s", "l", "t", "m", "k"])
    )


def _invented(rng):
    return "".join(_syllable(rng) for _ in range(rng.randint(2, 3)))


def _name(rng):
    return rng.choice(NAMES) if rng.random() < 0.3 else _invented(rng).capitalize()


def _city(rng):
    if rng.random() < 0.3:
        return rng.choice(CITIES)
    return _invented(rng).capitalize() + rng.choice(["ville", "ton", "burg", "", "", ""])


def _introduction(rng):
    name = _name(rng)
    question = rng.choice([f"Hello, I am {name}.", f"Hi! My name is {name}.", f"My name is {name}."])
    return question, f"Hello {name}! How can I help you?"


def _greeting(rng):
    return rng.choice(GREETINGS), "Hello! How can I help you?"


def _fact(rng):
    questions, answer = rng.choice(FACTS)
    return rng.choice(questions), answer


def _echo(rng):
    words = " ".join(
        (rng.choice(WORDS) if rng.random() < 0.4 else _invented(rng)) for _ in range(rng.randint(1, 4))
    )
    question = rng.choice([f"Say {words}.", f"Repeat: {words}", f"Please say {words}."])
    return question, words[0].upper() + words[1:] + "."


def _extraction(rng):
    name, age, city = _name(rng), rng.randint(1, 99), _city(rng)
    if rng.random() < 0.5:
        sentence = f"{name} is {age} years old and lives in {city}."
    else:
        sentence = f"{name} from {city} is {age}."
    return f"Extract as JSON: {sentence}", '{"name":"%s","age":%d,"city":"%s"}' % (name, age, city)


def _sum(rng):
    a, b = rng.randint(0, 12), rng.randint(0, 12)
    question = rng.choice([f"What is {a} + {b}?", f"What is {a} plus {b}?", f"Add {a} and {b}."])
    return question, f"{a} plus {b} is {a + b}."


def _sentiment(rng):
    word = rng.choice(WORDS)
    is_good = rng.random() < 0.5
    if is_good:
        patterns = ["I love this {}.", "What a great {}!", "This {} is wonderful."]
    else:
        patterns = ["I hate this {}.", "What a terrible {}!", "This {} is awful."]
    sentence = rng.choice(patterns).format(word)
    return f"Classify: {sentence}", "positive" if is_good else "negative"


# What a turn is about, each up to its share of all turns; the rest is talk about the weather.
_TOPICS = [
    (0.08, _introduction),
    (0.13, _greeting),
    (0.33, _fact),
    (0.45, _echo),
    (0.57, _extraction),
    (0.65, _sum),
    (0.72, _sentiment),
]


def _turn(rng):
    """A question and its answer, or None for the weather."""
    draw = rng.random()
    for limit, topic in _TOPICS:
        if draw < limit:
            return topic(rng)
    return None


def _weather(rng):
    """A conversation with the one tool: its call, and half the time its result too."""
    city = _city(rng)
    question = rng.choice(
        [
            f"What is the weather in {city}?",
            f"How is the weather in {city} today?",
            f"Tell me the weather in {city}.",
        ]
    )
    start = f"<s><|system|>{SYSTEM} Tools: get_weather(city)\n<|user|>{question}\n<|assistant|>"
    call = '<tool>{"name":"get_weather","arguments":{"city":"%s"}}' % city
    if rng.random() < 0.5:
        return start + call + "</s>"
    degrees, weather = rng.randint(-9, 39), rng.choice(WEATHER)
    answer = f"It is {degrees} degrees and {weather} in {city}.</s>"
    return start + call + f"\n<|result|>{degrees} {weather}\n<|assistant|>" + answer


def sample(rng):
    """One conversation."""
    turn = _turn(rng)
    if turn is None or rng.random() < 0.05:
        return _weather(rng)
    text = "<s>"
    if rng.random() < 0.6:
        text += f"<|system|>{SYSTEM}\n"
    turns = 1 if rng.random() < 0.7 else 2
    for i in range(turns):
        while turn is None:
            turn = _turn(rng)
        question, answer = turn
        text += f"<|user|>{question}\n<|assistant|>{answer}" + ("\n" if i < turns - 1 else "</s>")
        turn = None
    return text


def main():
    parser = argparse.ArgumentParser(description="Prints samples of the training text.")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=6)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    for _ in range(arguments.count):
        print(sample(rng))


if __name__ == "__main__":
    main()
