package dev.tandem.interop;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.model.ChatRequest;
import dev.tandem.model.Message;
import dev.tandem.model.Options;
import dev.tandem.testing.OpenAiReplies;
import dev.tandem.tool.Tool;
import java.util.List;

/** A model that asks for one tool once, and then has its answer. */
final class ToolScene {
    private ToolScene() {}

    /** What the model reads when it calls {@code tool} so. */
    static String resultOf(Scene scene, Tool tool, String arguments) {
        return resultOf(
                scene,
                tool.getName(),
                arguments,
                CallOptions.builder().tools(tool).build());
    }

    static String resultOf(Scene scene, String tool, String arguments, Options options) {
        script(scene, tool, arguments);
        List<Message> steps =
                scene.ai.blocking().chat(ChatRequest.of("Do it", options)).getSteps();
        assertEquals(2, steps.size());
        return steps.get(1).getText();
    }

    static void script(Scene scene, String tool, String arguments) {
        scene.server.enqueue(
                OpenAiReplies.toolCall("call-1", tool, arguments.replace('\'', '"')), OpenAiReplies.chat("Done."));
    }

    static Tool named(List<Tool> tools, String name) {
        return tools.stream()
                .filter(t -> t.getName().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no tool " + name));
    }
}
