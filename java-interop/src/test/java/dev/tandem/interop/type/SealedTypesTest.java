package dev.tandem.interop.type;

import static dev.tandem.interop.type.Json.read;
import static dev.tandem.interop.type.Json.refusal;
import static dev.tandem.interop.type.Json.schemaOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.tandem.interop.annotation.Name;
import dev.tandem.structured.AnswerType;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealedTypesTest {
    sealed interface Form {}

    @Name("circle")
    record Circle(double radius) implements Form {}

    sealed interface Cornered extends Form {}

    record Square(int side) implements Cornered {}

    record Group(List<Form> forms) implements Form {}

    sealed interface Result<T> {}

    record Ok<T>(T value) implements Result<T> {}

    record Failed<T>(String reason) implements Result<T> {}

    sealed interface Clash {}

    record Typed(String type) implements Clash {}

    @Test
    void eachClassHasItsName() {
        String group = "{'type':'object','properties':{'type':{'type':'string','const':'Group'},"
                + "'forms':{'type':'array','items':{'$ref':'#/$defs/Form'}}},"
                + "'required':['type','forms'],'additionalProperties':false}";
        String cases = "{'anyOf':[{'type':'object','properties':{'type':{'type':'string','const':'circle'},"
                + "'radius':{'type':'number'}},'required':['type','radius'],'additionalProperties':false},"
                + "{'type':'object','properties':{'type':{'type':'string','const':'Square'},'side':{'type':'integer'}},"
                + "'required':['type','side'],'additionalProperties':false},";
        // The order of the classes is that of the source.
        assertEquals(cases + group + "],'$defs':{'Form':" + cases + group + "]}}}", schemaOf(Form.class));
    }

    @Test
    void theNameSaysWhichItIs() {
        Form form = read(
                Form.class, "{'type':'Group','forms':[{'type':'circle','radius':1.5},{'type':'Square','side':2}]}");
        assertEquals(new Group(List.of(new Circle(1.5), new Square(2))), form);
        assertEquals(
                "$.forms[0].type: must be one of circle, Square, Group, but is \"Oval\"",
                refusal(() -> read(Form.class, "{'type':'Group','forms':[{'type':'Oval'}]}")));
        assertEquals(
                "$.type: is missing: one of circle, Square, Group", refusal(() -> read(Form.class, "{'radius':1}")));
    }

    @Test
    void oneOfThemByItselfNeedsNoName() {
        assertEquals(new Circle(2), read(Circle.class, "{'radius':2}"));
    }

    @Test
    void argumentsReachTheClasses() {
        AnswerType<Result<Circle>> type = new TypeRef<Result<Circle>>() {};
        assertEquals(new Ok<>(new Circle(1)), read(type, "{'type':'Ok','value':{'radius':1}}"));
        assertEquals(new Failed<Circle>("no"), read(type, "{'type':'Failed','reason':'no'}"));
    }

    @Test
    void aMemberMayNotHaveThatName() {
        assertEquals(
                "Typed: Typed has a member named 'type', by which the classes of Clash are told apart:"
                        + " give it another by @Param(name = …)",
                refusal(() -> JavaTypes.of(Clash.class)));
    }

    sealed interface Vehicle {}

    sealed interface Wheeled extends Vehicle {}

    sealed interface Floating extends Vehicle {}

    record Amphibian(int wheels) implements Wheeled, Floating {}

    sealed interface Boat extends Floating, Wheeled {}

    record Raft(int logs) implements Boat {}

    @Test
    void aClassThatIsReachedTwiceIsOneOfThemOnce() {
        assertEquals(new Amphibian(4), read(Vehicle.class, "{'type':'Amphibian','wheels':4}"));
        assertEquals(
                "$.type: must be one of Amphibian, Raft, but is \"Car\"",
                refusal(() -> read(Vehicle.class, "{'type':'Car'}")));
    }

    /** No record: it may be extended. */
    static sealed class Person {
        private String name = "";

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }
    }

    static final class Employee extends Person {
        private int number;

        public int getNumber() {
            return number;
        }

        public void setNumber(int number) {
            this.number = number;
        }
    }

    @Test
    void aSealedClassIsOneOfThemItselfWhereItCanBeMade() {
        Person person = read(Person.class, "{'type':'Person','name':'Al'}");
        assertEquals(Person.class, person.getClass());
        Person employee = read(Person.class, "{'type':'Employee','name':'Bo','number':7}");
        assertEquals(7, ((Employee) employee).getNumber());
        for (Person each : List.of(person, employee)) {
            Person again = JavaTypes.of(Person.class).read(Json.exact(JavaTypes.toJson(each)));
            assertEquals(each.getClass(), again.getClass());
            assertEquals(each.getName(), again.getName());
        }
    }
}
