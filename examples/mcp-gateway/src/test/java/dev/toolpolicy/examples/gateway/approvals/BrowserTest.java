package dev.toolpolicy.examples.gateway.approvals;

import static dev.toolpolicy.examples.gateway.approvals.Office.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Decision;
import dev.toolpolicy.approval.AskedQuestion.State;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page in a real browser, with a keyboard and nothing else. */
@ExtendWith(NeedsBrowser.class)
class BrowserTest {
    private static final Path PICTURES = Path.of("target/pictures");
    private static final int MOST_TABS = 40;

    private static final String UNSEEN_FOCUS = """
            (() => {
              const at = document.activeElement;
              const style = getComputedStyle(at);
              const box = at.getBoundingClientRect();
              const news = document.getElementById("news");
              const end = news?.innerText && !news.contains(at) ? news.getBoundingClientRect().top : innerHeight;
              if (at === document.body) return "nothing has the focus";
              if (style.outlineStyle !== "solid" || parseFloat(style.outlineWidth) < 2) return "no outline: " + style.outline;
              return box.width > 0 && box.top >= 0 && box.bottom <= end ? "" : `at ${box.top} to ${box.bottom} of ${end}`;
            })()""";

    private static @Nullable Browser browser;

    private final Office office = Office.asking("a person looks at this");
    private final Tab tab = browser.tab();

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        browser = Browser.start(InstalledBrowser.find());
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) browser.close();
    }

    @BeforeEach
    void size() {
        tab.size(1000, 800);
    }

    @AfterEach
    void nothingWasRefusedByTheBrowser() {
        try (office) {
            List<String> said = tab.heard("Log.entryAdded")
                    .map(event -> event.getJsonObject("entry").getString("text"))
                    .filter(text -> text.contains("Content Security Policy") || text.contains("Trusted"))
                    .toList();
            assertThat(said).isEmpty();
            assertThat(tab.heard("Runtime.exceptionThrown")).isEmpty();
            assertThat(tab.heard("Page.javascriptDialogOpening")).isEmpty();
        } finally {
            tab.close();
        }
    }

    /** The focus is in the field: a person types, and presses Enter. */
    private void signIn() {
        typeToken(office.token);
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("header")).contains("You answer as carol.");
    }

    private void typeToken(String token) {
        tab.open(office.page.address().toString());
        tab.until("document.activeElement.id === 'token'");
        tab.type(token);
    }

    private String focused() {
        return (String) tab.eval(
                "(document.activeElement.innerText || document.activeElement.name || '').trim().replace(/\\s+/g, ' ')");
    }

    /** Goes on with the Tab key until something with this text has the focus; all on the way must be seen to have it. */
    private List<String> tabTo(String text) {
        List<String> way = new ArrayList<>();
        for (int i = 0; i < MOST_TABS; i++) {
            tab.press("Tab");
            way.add(focused());
            assertThat(tab.eval(UNSEEN_FOCUS)).as("unseen: " + focused()).isEqualTo("");
            if (focused().contains(text)) return way;
        }
        throw new AssertionError("the Tab key does not lead to " + text + ", but to " + way);
    }

    private void noticeHasTheFocus(String begin) {
        tab.until("document.activeElement.matches('.notice')");
        assertThat(focused()).startsWith(begin);
    }

    private void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), tab.screenshot(true));
    }

    @Test
    void aPersonSignsInApprovesAndRejectsByKeyboardAlone() {
        String charge = office.asks("create_charge", "{\"amount\":750}");
        String refund = office.asks("refund_charge", "{\"amount\":20}");
        signIn();
        assertThat(tabTo("Approve this call (call 1, create_charge)"))
                .containsExactly(
                        "toolpolicy approvals", "Sign out", "Look again", "Approve this call (call 1, create_charge)");
        tab.leads(() -> tab.press("Space"));
        noticeHasTheFocus("Approved: create_charge may run once");
        assertThat(office.decide(ALICE, "create_charge", "{\"amount\":750}")).isInstanceOf(Decision.Allow.class);
        assertThat(office.stateOf(charge)).isEqualTo(State.USED);

        tabTo("why");
        tab.type("not today");
        assertThat(tabTo("Reject")).containsExactly("Reject this call (call 1, refund_charge)");
        tab.leads(() -> tab.press("Enter"));
        noticeHasTheFocus("Rejected: refund_charge");
        assertThat(office.desk.find(refund).orElseThrow().why()).isEqualTo("not today");
        assertThat(tab.text("h1")).isEqualTo("Nothing waits");
    }

    @Test
    void enterInTheReasonRejectsAndNeverApproves() {
        String id = office.asks("create_charge", "{}");
        signIn();
        tabTo("why");
        tab.type("no");
        tab.leads(() -> tab.press("Enter"));
        assertThat(office.stateOf(id)).isEqualTo(State.REJECTED);
    }

    @Test
    void aWrongTokenIsSaidAndTheFieldHasTheFocus() {
        typeToken("wrong");
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("#said")).isEqualTo("This is not the token.");
        tab.until("document.activeElement.id === 'token'");
        tab.type(office.token);
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("h1")).isEqualTo("Nothing waits");
        tabTo("Sign out");
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("h1")).isEqualTo("Sign in");
    }

    @Test
    void aScreenReaderIsToldWhatIsThere() {
        office.asks("create_charge", "{\"amount\":750}");
        signIn();
        List<String> names = tab.call("Accessibility.getFullAXTree", new JsonObject()).getJsonArray("nodes").stream()
                .map(JsonObject.class::cast)
                .filter(node -> !node.getBoolean("ignored"))
                .map(node -> value(node, "role") + ": " + value(node, "name"))
                .toList();
        assertThat(names)
                .contains(
                        "RootWebArea: 1 call waits for an answer – toolpolicy approvals",
                        "main: ",
                        "banner: ",
                        "status: ",
                        "heading: 1 call waits for an answer",
                        "article: Call 1: create_charge",
                        "heading: Call 1: create_charge",
                        "heading: Arguments",
                        "button: Approve this call (call 1, create_charge)",
                        "textbox: Reason, if you reject it (for the record; the agent is not told)",
                        "button: Reject this call (call 1, create_charge)");
        assertThat(tab.eval("document.documentElement.lang")).isEqualTo("en");
        assertThat(tab.eval("document.getElementById('news').getAttribute('role')"))
                .isEqualTo("status");
    }

    private static String value(JsonObject node, String key) {
        return node.getJsonObject(key, new JsonObject()).getString("value", "");
    }

    @Test
    void newsIsToldAndWhatIsTypedStays() {
        office.asks("create_charge", "{\"amount\":750}");
        signIn();
        tabTo("why");
        tab.type("let me think");
        Object before = tab.eval("performance.timeOrigin");
        office.asks("refund_charge", "{}");
        tab.until("document.getElementById('news').innerText");
        assertThat(tab.text("#news")).isEqualTo("Something has changed: 2 calls wait now. Show");
        assertThat(tab.eval("document.title")).isEqualTo("2 calls wait now. – toolpolicy approvals");
        assertThat(tab.eval("document.activeElement.value")).isEqualTo("let me think");
        assertThat(tab.eval("performance.timeOrigin")).isEqualTo(before);
        assertThat(tab.eval("document.querySelectorAll('article').length")).isEqualTo(1);
        tabTo("Reject this call");
        assertThat(tab.text("#news")).contains("Show");
    }

    @Test
    void anEmptyPageGoesOnByItself() {
        signIn();
        assertThat(tab.text("h1")).isEqualTo("Nothing waits");
        tab.leads(() -> office.asks("create_charge", "{}"));
        assertThat(tab.text("h1")).isEqualTo("1 call waits for an answer");
    }

    @Test
    void aGatewayThatIsGoneIsSaid() {
        office.asks("create_charge", "{}");
        signIn();
        office.page.close();
        tab.until("document.getElementById('news').innerText");
        assertThat(tab.text("#news")).startsWith("The gateway cannot be reached");
    }

    @Test
    void aQuestionThatAnotherTabHasAnsweredIsNotAnsweredTwice() {
        String id = office.asks("create_charge", "{}");
        signIn();
        String list = (String) tab.eval("location.href");
        Tab other = browser.tab();
        other.open(list);
        other.leads(() -> other.eval("document.querySelector('button.reject').click()"));
        assertThat(other.text(".notice")).startsWith("Rejected: create_charge");
        tabTo("Approve");
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text(".notice")).isEqualTo("Nothing has changed. \"carol\" has rejected it already.");
        assertThat(tab.eval("document.querySelector('.notice').className")).isEqualTo("notice bad");
        assertThat(office.stateOf(id)).isEqualTo(State.REJECTED);
    }

    @Test
    void withoutJavaScriptItWorksAsWell() {
        String id = office.asks("create_charge", "{}");
        typeToken(office.token);
        tab.call("Emulation.setScriptExecutionDisabled", new JsonObject().put("value", true));
        tab.leads(() -> tab.press("Enter"));
        for (int i = 0; i < 4; i++) tab.press("Tab");
        tab.leads(() -> tab.press("Enter"));
        assertThat(office.stateOf(id)).isEqualTo(State.APPROVED);
    }

    @Test
    void noOtherPageFramesItOrIsSentItsCookie() throws Exception {
        office.asks("create_charge", "{}");
        signIn();
        String list = (String) tab.eval("location.href");
        List<String> cookies = new CopyOnWriteArrayList<>();
        Vertx vertx = Vertx.vertx();
        HttpServer other = vertx.createHttpServer()
                .requestHandler(request -> {
                    cookies.add(String.valueOf(request.getHeader("Cookie")));
                    String frames =
                            "<iframe src='" + list + "'></iframe><iframe src='" + office.page.address() + "'></iframe>";
                    request.response().putHeader("Content-Type", "text/html").end(frames);
                })
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        Tab stranger = browser.tab();
        stranger.open("http://127.0.0.1:" + other.actualPort() + "/");
        JsonObject tree = stranger.call("Page.getFrameTree", new JsonObject()).getJsonObject("frameTree");
        assertThat(tree.getJsonArray("childFrames"))
                .hasSize(2)
                .allSatisfy(frame -> assertThat(
                                ((JsonObject) frame).getJsonObject("frame").getString("unreachableUrl", ""))
                        .startsWith(office.page.address().toString()));
        assertThat(cookies).isNotEmpty().containsOnly("null");
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyTextCanBeRead(String scheme) throws IOException {
        String contrast = Files.readString(Path.of("src/test/browser/contrast.js"));
        tab.colours(scheme);
        tab.open(office.page.address().toString());
        picture("sign-in-" + scheme);
        assertThat(list(contrast)).isEmpty();
        signIn();
        picture("nothing-" + scheme);
        assertThat(list(contrast)).isEmpty();
        office.asks("create_charge", "{\"amount\":750,\"to\":\"acme\",\"note\":\"\u0440\u0430y\u202e\"}");
        office.asks("create_charge", "{\"amount\":7500,\"to\":\"acme\",\"items\":[{\"id\":\"a-1\"},{\"id\":\"a-2\"}]}");
        String settled = office.asks("delete_file", "{\"path\":\"/tmp/" + "long/".repeat(80) + "\"}");
        tab.open((String) tab.eval("location.href"));
        office.desk.reject(settled, "dave", "");
        tab.leads(() -> tab.eval("document.querySelectorAll('button.reject')[2].click()"));
        picture("settled-" + scheme);
        office.asks("write_file", "{\"text\":\"" + "x".repeat(40_000) + "\"}");
        tab.until("document.getElementById('news').innerText");
        assertThat(list(contrast)).isEmpty();
        tabTo("Approve");
        Files.write(PICTURES.resolve("focus-" + scheme + ".png"), tab.screenshot(false));
        tab.leads(() -> tab.eval("document.querySelector('#news a').click()"));
        picture("list-" + scheme);
        assertThat(list(contrast)).isEmpty();
    }

    private List<?> list(String script) {
        return ((JsonArray) tab.eval(script)).getList();
    }

    @Test
    void aNarrowPageIsNeverWiderThanItsWindow() throws IOException {
        String word = "w".repeat(400);
        office.asks(
                ALICE.with("a".repeat(256), "v".repeat(256)), "t".repeat(128), "{\"" + word + "\":\"" + word + "\"}");
        tab.size(320, 640);
        signIn();
        picture("narrow");
        assertThat(tab.eval("document.scrollingElement.scrollWidth")).isEqualTo(320);
        assertThat(tab.text("pre")).contains(word + "\": \"" + word);
        assertThat(tab.eval("[...document.querySelectorAll('main *')].filter(e => !e.closest('.unseen')"
                        + " && (e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'"
                        + " || e.getBoundingClientRect().right > 320)).length"))
                .isEqualTo(0);
    }

    @Test
    void aMebibyteOfArgumentsIsShownWholeAndAnswered() {
        String text = "a\u202e".repeat(262_100);
        String id = office.asks("write_file", "{\"text\":\"" + text + "\"}");
        signIn();
        tabTo("See all of it");
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("pre").replace("\n", "")).isEqualTo("{  \"text\": \"" + "a\\u202e".repeat(262_100) + "\"}");
        for (int i = 0; i < 4; i++) tab.press("Tab");
        assertThat(focused()).startsWith("Approve this call");
        tab.leads(() -> tab.press("Enter"));
        assertThat(office.stateOf(id)).isEqualTo(State.APPROVED);
    }
}
