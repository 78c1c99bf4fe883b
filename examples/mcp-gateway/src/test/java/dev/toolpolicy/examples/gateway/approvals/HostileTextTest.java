package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.Identity;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an enemy writes into every field there is stays text in a real browser. */
@ExtendWith(NeedsBrowser.class)
class HostileTextTest {
    private static final List<String> PAYLOADS = List.of(
            "<script>window.pwned=1;alert(1)</script>",
            "</pre></article></main><script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "\"><svg onload=alert(1)>",
            "' autofocus onfocus=alert(1) x='",
            "\" onmouseover=\"alert(1)",
            "<iframe src=//127.0.0.1:9/></iframe>",
            "<style>*{display:none}</style>",
            "<link rel=stylesheet href=http://127.0.0.1:9/x.css>",
            "<base href=http://127.0.0.1:9/>",
            "<meta http-equiv=refresh content=0;url=http://127.0.0.1:9/>",
            "<form action=http://127.0.0.1:9/><button>Approve</button>",
            "javascript:alert(1)",
            "<!--",
            "]]>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<textarea>",
            "<title>",
            "<plaintext>",
            "<template>",
            "${form}${path}$1\\1",
            "{{constructor.constructor('alert(1)')()}}",
            "\u2028alert(1)//\u202e\u2066<b>\ufe64script\ufe65");

    private static @Nullable Browser browser;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        browser = Browser.start(InstalledBrowser.find());
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) browser.close();
    }

    @Test
    void nothingOfItRunsOrIsFetchedOrBecomesAnElement() {
        Shape harmless = shape("x\u0430\u202e");
        for (String payload : PAYLOADS) {
            assertThat(shape(payload + "x\u0430\u202e")).as(payload).isEqualTo(harmless);
        }
    }

    private record Shape(List<String> elements, Set<String> requests, Object pwned) {}

    /** What a list is made of in which this text stands wherever somebody else may write. */
    private static Shape shape(String payload) {
        try (Office office = Office.asking(payload);
                Tab tab = browser.tab()) {
            Identity who = Identity.of(payload)
                    .withSession(payload)
                    .with(payload, payload)
                    .with("list" + payload, List.of(payload));
            String id = office.asks(who, "t", arguments(payload));
            tab.open(office.page.address().toString());
            tab.until("document.activeElement.id === 'token'");
            tab.type(office.token);
            tab.leads(() -> tab.press("Enter"));
            String place = (String) tab.eval("location.pathname");
            List<String> elements = new ArrayList<>(elements(tab));
            assertThat(new JsonObject(tab.text("pre"))).isEqualTo(new JsonObject(arguments(payload)));
            tab.leads(() -> tab.eval("document.querySelector('article input[name=why]').value = "
                    + new JsonArray().add(payload).encode() + "[0]; document.querySelector('button.reject').click()"));
            assertThat(office.desk.pending()).isEmpty();
            elements.addAll(elements(tab));
            Set<String> requests = new TreeSet<>();
            for (String request : tab.requests())
                requests.add(request.replace(office.page.address().toString(), "/")
                        .replace(place, "/PLACE/")
                        .replace(id, "ID"));
            assertThat(tab.heard("Page.javascriptDialogOpening")).isEmpty();
            assertThat(tab.heard("Log.entryAdded")
                            .filter(e ->
                                    e.getJsonObject("entry").getString("text").contains("Security Policy")))
                    .isEmpty();
            return new Shape(elements, requests, tab.eval("String(window.pwned)"));
        }
    }

    /** Each with its attributes, in their order; how often something was written out does not matter. */
    private static List<String> elements(Tab tab) {
        JsonArray names = (JsonArray) tab.eval("[...document.querySelectorAll('*:not(mark)')]"
                + ".map(element => [element.localName, ...element.getAttributeNames()].join(' '))");
        return names.stream().map(String.class::cast).toList();
    }

    private static String arguments(String payload) {
        return new JsonObject().put(payload, new JsonArray().add(payload)).encode();
    }
}
