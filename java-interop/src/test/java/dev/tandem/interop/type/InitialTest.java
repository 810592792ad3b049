package dev.tandem.interop.type;

import static dev.tandem.interop.type.Json.read;
import static dev.tandem.interop.type.Json.refusal;
import static dev.tandem.interop.type.Json.schemaOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a bean has by itself: told where it is the same for all. */
class InitialTest {
    public static class Created {
        public Instant at = Instant.now();
    }

    public static class Note {
        public UUID id = UUID.randomUUID();
        public @Nullable UUID other = UUID.randomUUID();
        public Instant created = Instant.now();
        public LocalDate day = LocalDate.now(ZoneOffset.UTC);
        public List<Created> history = new ArrayList<>(List.of(new Created()));
        public Duration length = Duration.ofMinutes(5);
        public Object any = new Object();
    }

    @Test
    void whatIsAnotherEachTimeIsOptionalAndNotTold() {
        assertEquals(
                "{'type':'object','properties':{'id':{'type':'string','format':'uuid'},"
                        + "'other':{'type':['string','null'],'format':'uuid'},"
                        + "'created':{'type':'string','format':'date-time'},'day':{'type':'string','format':'date'},"
                        + "'history':{'type':'array','items':{'type':'object',"
                        + "'properties':{'at':{'type':'string','format':'date-time'}},'additionalProperties':false}},"
                        + "'length':{'type':'string',"
                        + "'description':'an ISO 8601 duration, such as PT1H30M','default':'PT5M'},'any':{}},"
                        + "'additionalProperties':false}",
                schemaOf(Note.class));
    }

    @Test
    void itStaysAsItIsWhereNothingIsSaid() {
        Note one = read(Note.class, "{}");
        Note other = read(Note.class, "{'day':null}");
        assertNotEquals(one.id, other.id);
        assertNotEquals(one.other, other.other);
        assertNotNull(other.day);
        assertNotNull(one.any);
        assertNull(read(Note.class, "{'other':null}").other);
    }

    public static class Lazy {
        private String text = "";
        private int count = 3;

        public String getText() {
            if (text.isEmpty()) throw new IllegalStateException("not yet");
            return text;
        }

        public void setText(String text) {
            this.text = text;
        }

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }
    }

    @Test
    void aGetterThatFailsOnANewObjectSaysNothing() {
        assertEquals(
                "{'type':'object','properties':{'text':{'type':'string'},'count':{'type':'integer','default':3}},"
                        + "'required':['text'],'additionalProperties':false}",
                schemaOf(Lazy.class));
        assertEquals("a", read(Lazy.class, "{'text':'a'}").getText());
        assertEquals("$.text: is missing", refusal(() -> read(Lazy.class, "{}")));
    }

    /** As Lombok and Kotlin make it. */
    public static class Flags {
        private boolean isActive;
        private @Nullable Boolean isNew;

        public boolean isActive() {
            return isActive;
        }

        public void setActive(boolean active) {
            isActive = active;
        }

        public @Nullable Boolean getIsNew() {
            return isNew;
        }

        public void setIsNew(Boolean isNew) {
            this.isNew = isNew;
        }
    }

    @Test
    void aFieldThatIsNamedAsAQuestionIsOneMember() {
        assertEquals(
                "{'type':'object','properties':{'active':{'type':'boolean'},'isNew':{'type':['boolean','null']}},"
                        + "'required':['active'],'additionalProperties':false}",
                schemaOf(Flags.class));
        String json = "{'active':true,'isNew':true}";
        Flags flags = read(Flags.class, json);
        assertTrue(flags.isActive());
        assertEquals(json.replace('\'', '"'), JavaTypes.toJson(flags));
    }
}
