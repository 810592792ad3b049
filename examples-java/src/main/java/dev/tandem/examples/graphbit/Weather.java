package dev.tandem.examples.graphbit;

import dev.tandem.interop.annotation.Param;
import dev.tandem.interop.annotation.Tool;

/** What the model may call. */
public final class Weather {
    @Tool(name = "get_weather", value = "The weather in a city")
    public String in(@Param("The city's name") String city) {
        return city.equals("Oslo") ? "-4 snowy" : "20 sunny";
    }
}
