package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.examples.gateway.approvals.Answers.Kind;
import dev.toolpolicy.examples.gateway.approvals.Answers.Outcome;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person sees, word for word. */
class GoldenTest {
    private final ShownTime time = new ShownTime(ZoneOffset.ofHours(1));
    private final PageHtml html = new PageHtml("carol", time, () -> Questions.ASKED.plusSeconds(600));

    @Test
    void theFormToSignIn() {
        Golden.assertMatches("sign-in.golden.html", html.signIn("This is not the token."));
    }

    @Test
    void whatWaits() {
        Outcome outcome = new Outcome(Kind.SETTLED, "Nothing has changed. " + Questions.HOSTILE);
        Golden.assertMatches("list.golden.html", html.list(Questions.session(), Questions.three(), outcome));
    }

    @Test
    void nothingWaits() {
        Golden.assertMatches("nothing.golden.html", html.list(Questions.session(), List.of(), null));
    }

    @Test
    void oneCall() {
        List<AskedQuestion> waiting = Questions.three();
        Golden.assertMatches("one.golden.html", html.question(Questions.session(), waiting.get(1), waiting));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSameOnATerminal(boolean letters) {
        String shown = new QuestionText(time, letters)
                .of(Questions.three().stream().map(Api::whole).toList());
        Golden.assertMatches(letters ? "list.letters.txt" : "list.txt", shown);
    }

    @Test
    void anEnemysMarkupIsNowhere() {
        String list = html.list(Questions.session(), Questions.three(), new Outcome(Kind.SETTLED, Questions.HOSTILE));
        assertThat(list.toLowerCase(Locale.ROOT)).contains("&lt;script&gt;").doesNotContain("<script>");
        assertThat(list).doesNotContain("\u202e", "\u200b", "\u001b", "\"'>");
    }
}
