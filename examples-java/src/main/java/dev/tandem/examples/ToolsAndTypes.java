package dev.tandem.examples;

import dev.tandem.interop.CallOptions;
import dev.tandem.interop.ChatStream;
import dev.tandem.interop.JavaAiClient;
import dev.tandem.interop.JavaConversation;
import dev.tandem.interop.JavaTools;
import dev.tandem.interop.annotation.Param;
import dev.tandem.interop.annotation.Tool;
import dev.tandem.model.ChatEvent;
import dev.tandem.model.Options;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Methods that the model may call, and answers that are objects. Needs no key; with {@code OPENAI_API_KEY} set it asks OpenAI. */
public final class ToolsAndTypes {
    private static final String WEATHER = "What is the weather in Oslo?";

    private final JavaAiClient ai;
    private final PrintStream out;

    private ToolsAndTypes(JavaAiClient ai, PrintStream out) {
        this.ai = ai;
        this.out = out;
    }

    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        ProviderChoice choice = ProviderChoice.from(System.getenv());
        out.println(choice.explanation());
        try (JavaAiClient ai = JavaAiClient.builder(choice.provider()).build()) {
            run(ai, out);
        }
    }

    static void run(JavaAiClient ai, PrintStream out) {
        ToolsAndTypes recipe = new ToolsAndTypes(ai, out);
        recipe.aMethodAsTool();
        recipe.aLambdaAsTool();
        recipe.anObject();
        recipe.aConversation();
    }

    /** What the model may call: names, descriptions and types are read from the method. */
    public static final class Weather {
        @Tool(name = "get_weather", value = "The weather in a city")
        public String in(@Param("The city's name") String city) {
            return city.equals("Oslo") ? "-4 snowy" : "20 sunny";
        }
    }

    private void aMethodAsTool() {
        Options options =
                CallOptions.builder().tools(JavaTools.from(new Weather())).build();
        out.println(ai.blocking().generate(WEATHER, options));
    }

    /** The arguments of a tool. */
    public record Place(String city) {}

    private void aLambdaAsTool() {
        Options options = CallOptions.builder()
                .tool(JavaTools.of("get_weather", "The weather in a city", Place.class, place -> "12 cloudy"))
                .build();
        try (ChatStream stream = ai.blocking().stream(WEATHER, options)) {
            for (ChatEvent event : stream) {
                if (event instanceof ChatEvent.ToolStarted started) out.println("(asks " + started.getCall() + ")");
                out.print(event.getText());
            }
            out.println();
        }
    }

    /** What is to be found in a text. */
    public record Person(String name, int age, String city) {}

    private void anObject() {
        Person anna = ai.blocking().extract("Extract as JSON: Anna is 31 years old and lives in Oslo.", Person.class);
        out.println(anna + ", in ten years " + (anna.age() + 10));
    }

    private void aConversation() {
        JavaConversation talk = JavaConversation.of(ai);
        talk.blocking().say("Hello!");
        out.println(talk.blocking().say("What is the capital of France?"));
        out.println(talk.getMessages().size() + " messages, " + talk.getUsage());
    }
}
