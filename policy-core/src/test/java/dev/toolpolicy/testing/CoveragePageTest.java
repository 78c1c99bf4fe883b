package dev.toolpolicy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.toolpolicy.Golden;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The page: what it looks like, and that it is inert whatever a policy says. It is read as XML, which it is too. */
class CoveragePageTest {
    private static final Path GOLDEN = Path.of("src/test/resources/coverage");
    private static final Set<String> ELEMENTS = Set.of(
            "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "strong", "span", "section", "table",
            "thead", "tbody", "tfoot", "tr", "th", "td", "code", "mark", "ul", "li", "a");
    private static final Set<String> ATTRIBUTES = Set.of(
            "lang",
            "charset",
            "name",
            "content",
            "http-equiv",
            "class",
            "id",
            "style",
            "scope",
            "colspan",
            "role",
            "aria-label",
            "aria-hidden",
            "title",
            "href");

    private static Coverage middling() {
        return Measured.of(CoverageTest.MIDDLING)
                .call("list_payments", "{}")
                .call("drop_database", "{}")
                .call("pay_out", "{\"tenant\":\"acme\",\"a\":1,\"amount\":5}")
                .call("pay_out", "{\"tenant\":\"globex\",\"a\":1,\"amount\":101}")
                .coverage();
    }

    @Test
    void pageReadsAsTheFileSays() {
        Golden.assertMatches(GOLDEN.resolve("page.html"), middling().html());
    }

    @Test
    void severalPoliciesStandOnOnePageBelowASummary() {
        Coverage coverage = Coverage.of();
        String oneLine = CoverageTest.MIDDLING.replace("\n", "").replace("  ", "");
        Measured.in(coverage, Measured.document("policies/<payments>.json", CoverageTest.MIDDLING))
                .call("list_payments", "{}");
        Measured.in(coverage, Measured.document("policies/in-one-line.json", oneLine))
                .call("pay_out", "{\"a\":1}");
        Measured.in(coverage, Measured.document("policies/empty.json", "{\"version\":\"1\",\"default\":\"deny\"}"))
                .call("x", "{}");
        Golden.assertMatches(GOLDEN.resolve("several.html"), coverage.html());
        Element page = parse(coverage.html());

        assertThat(texts(page, "h2"))
                .containsExactly(
                        "policies/<payments>.json 7.1 %",
                        "policies/in-one-line.json 14.2 %", "policies/empty.json 100.0 %");
        assertThat(texts(page, "p")).contains("Nothing is missed.");
        List<Element> links = elements(page, "a");
        assertThat(links.get(0).getAttribute("href")).isEqualTo("#p1");
        assertThat(links.get(1).getAttribute("href")).isEqualTo("#p2");
        List<String> ids = elements(page, "*").stream()
                .map(element -> element.getAttribute("id"))
                .filter(id -> !id.isEmpty())
                .toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(links)
                .allSatisfy(link ->
                        assertThat(ids).contains(link.getAttribute("href").substring(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\r", " "})
    void linesAreThoseThatTheParserCounts(String end) {
        String policy = CoverageTest.MIDDLING.replace("\n", end);
        Measured measured = Measured.of(policy);

        List<Element> lines = lines(measured.coverage().html());

        assertThat(lines)
                .hasSize(
                        end.equals(" ")
                                ? 1
                                : (int) CoverageTest.MIDDLING.lines().count());
        assertThat(lines.stream().map(Element::getTextContent).toList())
                .isEqualTo(
                        end.equals(" ")
                                ? List.of(policy)
                                : CoverageTest.MIDDLING.lines().toList());
        for (Coverage.Missed missed : measured.coverage().missed()) {
            assertThat(elements(lines.get(missed.line() - 1), "mark")).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</code></table><script>alert(1)</script>",
                "\\\"><img src=x onerror=alert(1)>",
                "' onmouseover='alert(1)",
                "&lt;b&gt; &amp; &#60;i&#62; &nope;",
                "<!-- --> ]]> <![CDATA[ <?x ?> </style><style>*{display:none}",
                "`<b>` and ` one more",
                "\\u003cscript\\u003e \\\\ \\\" \\u2028 \\ud83d\\ude00 😀",
                "\u202e gnp.exe \u200b \u2028 \ue000"
            })
    void whateverAPolicySaysStaysText(String hostile) {
        String policy = """
                { "version": "1", "default": "deny", "description": "%1$s", "tools": { "pay": { "description": "%1$s",
                  "require": [ { "path": "args[\\"%2$s\\"]", "op": "eq", "value": "%1$s", "on_deny": "%1$s" } ],
                  "limits": [ { "counter": "%1$s", "window": 60, "max": 1, "scope": "grant", "on_limit": "%1$s" } ] } } }
                """.formatted(hostile, hostile.contains("\\") ? "x" : hostile);
        Coverage coverage = Coverage.of(Measured.document(hostile, policy));
        Element page = parse(coverage.html());

        assertThat(elements(page, "*")).allSatisfy(element -> {
            assertThat(element.getTagName()).isIn(ELEMENTS);
            IntStream.range(0, element.getAttributes().getLength())
                    .mapToObj(element.getAttributes()::item)
                    .forEach(attribute -> assertThat(attribute.getNodeName()).isIn(ATTRIBUTES));
        });
        assertThat(elements(page, "a"))
                .allSatisfy(link -> assertThat(link.getAttribute("href")).startsWith("#"));
        assertThat(elements(page, "style")).hasSize(1);
        String shown = String.join(
                "\n",
                lines(coverage.html()).stream().map(Element::getTextContent).toList());
        assertThat(shown.codePoints().filter(c -> c != '\n'))
                .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
        assertThat(shown + "\n").isEqualTo(escaped(policy));
    }

    /** What cannot be seen, as JSON would escape it. */
    private static String escaped(String policy) {
        return policy.replace("\u202e", "\\u202e")
                .replace("\u200b", "\\u200b")
                .replace("\u2028", "\\u2028")
                .replace("\ue000", "\\ue000");
    }

    @Test
    void pageOfNoPolicySaysSo() {
        assertThat(texts(parse(Coverage.of().html()), "p")).containsExactly("No policy was measured.");
        assertThat(Coverage.of().report()).isEqualTo("no policy was measured\n");
    }

    @Test
    void nothingIsFetchedAndNothingRuns() {
        String html = middling().html();

        assertThat(html)
                .contains("default-src 'none'")
                .doesNotContain("http:", "https:", "url(", "@import", "<script", "src=");
    }

    @Test
    void pageIsWrittenIntoAFolderThatIsMadeForIt(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("target/policy/coverage.html");

        middling().writeHtml(file);

        assertThat(Files.readString(file)).isEqualTo(middling().html());
        assertThatThrownBy(() -> middling().writeHtml(file.resolve("below-a-file.html")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the coverage page cannot be written");
    }

    private static List<Element> lines(String html) {
        return elements(parse(html), "code").stream()
                .filter(code -> code.getAttribute("class").startsWith("line"))
                .toList();
    }

    private static Element parse(String html) {
        try {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new InputSource(new StringReader(html)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new AssertionError("the page is not well-formed", e);
        }
    }

    private static List<String> texts(Element page, String tag) {
        return elements(page, tag).stream().map(Element::getTextContent).toList();
    }

    private static List<Element> elements(Element within, String tag) {
        NodeList found = within.getElementsByTagName(tag);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) elements.add((Element) found.item(i));
        return elements;
    }
}
