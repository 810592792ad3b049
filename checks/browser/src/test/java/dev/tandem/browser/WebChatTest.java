package dev.tandem.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each check is a function in {@code web-chat.js}. Nothing in it waits for a clock. */
class WebChatTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "streams",
                "stopsByTheButton",
                "stopsByTheKey",
                "stopsASilentModel",
                "resumesAfterAReload",
                "stopsWhenTheTabCloses",
                "keepsChatsApart",
                "showsTextAsText",
                "tellsOfFailures",
                "followsWhatComes",
                "goesByTheKeyboard",
                "fitsAPhone",
                "fitsADesktop"
            })
    void inABrowser(String check) throws Exception {
        try (Stage stage = new Stage();
                Program program = Program.start("web-chat.js", check, stage.url(), stage.controlUrl())) {
            String said = program.output();
            System.out.print(said);
            assertEquals(0, program.exitCode(), said);
        }
    }
}
