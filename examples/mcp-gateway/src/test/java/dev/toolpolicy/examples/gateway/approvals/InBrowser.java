package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A person with a browser of their own, a keyboard and nothing else. */
@ExtendWith(NeedsBrowser.class)
abstract class InBrowser {
    static final Path PICTURES = Path.of("target/pictures");
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

    static @Nullable Browser browser;

    final Office office = Office.asking("a person looks at this");
    final Tab tab = browser.tab();

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
    void signIn() {
        typeToken(office.token);
        tab.leads(() -> tab.press("Enter"));
        assertThat(tab.text("header")).contains("You answer as carol.");
    }

    void typeToken(String token) {
        tab.open(office.page.address().toString());
        tab.until("document.activeElement.id === 'token'");
        tab.type(token);
    }

    String focused() {
        return (String) tab.eval(
                "(document.activeElement.innerText || document.activeElement.name || '').trim().replace(/\\s+/g, ' ')");
    }

    /** Goes on with the Tab key until something with this text has the focus; all on the way must be seen to have it. */
    List<String> tabTo(String text) {
        List<String> way = new ArrayList<>();
        for (int i = 0; i < MOST_TABS; i++) {
            tab.press("Tab");
            way.add(focused());
            assertThat(tab.eval(UNSEEN_FOCUS)).as("unseen: " + focused()).isEqualTo("");
            if (focused().contains(text)) return way;
        }
        throw new AssertionError("the Tab key does not lead to " + text + ", but to " + way);
    }

    void noticeHasTheFocus(String begin) {
        tab.until("document.activeElement.matches('.notice')");
        assertThat(focused()).startsWith(begin);
    }

    void picture(String name) throws IOException {
        Files.createDirectories(PICTURES);
        Files.write(PICTURES.resolve(name + ".png"), tab.screenshot(true));
    }
}
