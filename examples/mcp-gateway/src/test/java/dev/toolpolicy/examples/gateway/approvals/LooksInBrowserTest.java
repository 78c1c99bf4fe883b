package dev.toolpolicy.examples.gateway.approvals;

import static dev.toolpolicy.examples.gateway.approvals.Office.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.approval.AskedQuestion.State;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be seen and heard of the page, and that nobody else puts it into a frame. */
class LooksInBrowserTest extends InBrowser {
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
