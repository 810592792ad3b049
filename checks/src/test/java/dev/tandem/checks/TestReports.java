package dev.tandem.checks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What surefire wrote about the tests of all modules, in this build or in the last one that ran them. */
final class TestReports {
    private static final List<String> NOT_GREEN = List.of("failure", "error", "skipped");

    private TestReports() {}

    /** One test. */
    record Case(String testClass, String name, boolean isGreen) {
        String simpleClass() {
            return testClass.substring(testClass.lastIndexOf('.') + 1);
        }
    }

    static List<Case> cases() {
        return modules()
                .flatMap(TestReports::reports)
                .flatMap(TestReports::cases)
                .toList();
    }

    private static Stream<Path> modules() {
        return Project.writtenFiles().stream()
                .filter(file -> file.getFileName().toString().equals("pom.xml"))
                .map(Path::getParent);
    }

    private static Stream<Path> reports(Path module) {
        Path folder = module.resolve("target/surefire-reports");
        return folder.toFile().isDirectory()
                ? Project.files(folder, ".xml").stream()
                        .filter(file -> file.getFileName().toString().startsWith("TEST-"))
                : Stream.of();
    }

    private static Stream<Case> cases(Path report) {
        NodeList cases = parse(report).getElementsByTagName("testcase");
        return IntStream.range(0, cases.getLength()).mapToObj(i -> {
            Element test = (Element) cases.item(i);
            boolean isGreen = NOT_GREEN.stream()
                    .allMatch(mark -> test.getElementsByTagName(mark).getLength() == 0);
            return new Case(test.getAttribute("classname"), test.getAttribute("name"), isGreen);
        });
    }

    private static Element parse(Path report) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(report.toFile())
                    .getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new AssertionError("unreadable: " + Project.name(report), e);
        }
    }
}
