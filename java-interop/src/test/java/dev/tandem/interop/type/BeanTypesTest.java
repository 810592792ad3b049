package dev.tandem.interop.type;

import static dev.tandem.interop.type.Json.read;
import static dev.tandem.interop.type.Json.refusal;
import static dev.tandem.interop.type.Json.schemaOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.tandem.interop.annotation.Description;
import dev.tandem.interop.annotation.Param;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Classes as they were before there were records. */
class BeanTypesTest {
    public static class Thing<T> {
        private String id = "";
        private @Nullable T extra;

        public String getId() {
            return id;
        }

        @Description("As it is printed on it")
        public void setId(String id) {
            this.id = id;
        }

        public @Nullable T getExtra() {
            return extra;
        }

        public void setExtra(@Nullable T extra) {
            this.extra = extra;
        }
    }

    public static final class Order extends Thing<List<String>> {
        private int count;
        private int limit = 10;
        private boolean isPaid;
        private List<String> tags = new ArrayList<>(List.of("new"));

        @SuppressWarnings("NullAway.Init")
        private String name;

        @Param("How it goes")
        public Optional<String> note = Optional.empty();

        transient int secret = 5;

        public int getCount() {
            return count;
        }

        public void setCount(int count) {
            this.count = count;
        }

        public int getLimit() {
            return limit;
        }

        public Order setLimit(int limit) {
            if (limit > 100) throw new IllegalStateException("the limit is above 100: " + limit);
            this.limit = limit;
            return this;
        }

        public boolean isPaid() {
            return isPaid;
        }

        public void setPaid(boolean paid) {
            isPaid = paid;
        }

        public List<String> getTags() {
            return tags;
        }

        public void setTags(List<String> tags) {
            this.tags = tags;
        }

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public String getBoth() {
            return getId() + name;
        }
    }

    public static final class Point {
        private final int x;
        private final int y;

        public Point(int x, @Param(name = "Y", required = false, defaultValue = "7") int y) {
            this.x = x;
            this.y = y;
        }

        public int x() {
            return x;
        }

        public int getY() {
            return y;
        }
    }

    @Test
    void whatAnObjectHasByItselfIsItsDefault() {
        assertEquals(
                "{'type':'object','properties':{"
                        + "'id':{'type':'string','description':'As it is printed on it','default':''},"
                        + "'extra':{'type':['array','null'],'items':{'type':'string'}},"
                        + "'count':{'type':'integer'},"
                        + "'limit':{'type':'integer','default':10},"
                        + "'paid':{'type':'boolean'},"
                        + "'tags':{'type':'array','items':{'type':'string'},'default':['new']},"
                        + "'name':{'type':'string'},"
                        + "'note':{'type':['string','null'],'description':'How it goes'}},"
                        + "'required':['count','paid','name'],'additionalProperties':false}",
                schemaOf(Order.class));
    }

    @Test
    void onlyWhatIsSaidIsSet() {
        Order order = read(Order.class, "{'count':2,'name':'x','paid':true,'tags':null}");
        assertEquals(2, order.getCount());
        assertEquals(10, order.getLimit());
        assertEquals(List.of("new"), order.getTags());
        assertEquals("", order.getId());
        assertNull(order.getExtra());
        assertEquals(Optional.empty(), order.note);
        Order full = read(
                Order.class,
                "{'count':2,'name':'x','paid':false,'tags':[],'limit':5,'id':'i','extra':['e'],'note':'n'}");
        assertEquals(List.of(), full.getTags());
        assertEquals(List.of("e"), full.getExtra());
        assertEquals(Optional.of("n"), full.note);
        assertFalse(full.isPaid());
        assertEquals("$.name: is missing", refusal(() -> read(Order.class, "{'count':2,'paid':true}")));
    }

    @Test
    void whatASetterRefusesIsTold() {
        assertEquals(
                "$: Order does not take it: the limit is above 100: 101",
                refusal(() -> read(Order.class, "{'count':2,'name':'x','paid':true,'limit':101}")));
    }

    @Test
    void aSinglePublicConstructorSaysWhatThereIs() {
        assertEquals(
                "{'type':'object','properties':{'x':{'type':'integer'},'Y':{'type':'integer','default':7}},"
                        + "'required':['x'],'additionalProperties':false}",
                schemaOf(Point.class));
        Point point = read(Point.class, "{'x':1}");
        assertEquals(8, point.x() + point.getY());
    }
}
