package dev.toolpolicy.examples.gateway.approvals;

import static dev.toolpolicy.examples.gateway.approvals.Html.text;
import static java.util.stream.Collectors.joining;

import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.examples.gateway.approvals.Answers.Outcome;
import dev.toolpolicy.examples.gateway.approvals.Sessions.Session;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The pages as HTML. */
final class PageHtml {
    /** Longer pages serve nobody: what is beyond has a page of its own. */
    private static final int MOST_MARKUP = 512 * 1_024;

    private static final int LONGEST_IN_LIST = 32 * 1_024;
    private static final int MOST_LISTED = 1_000;

    private final String approver;
    private final ShownTime time;
    private final InstantSource clock;

    PageHtml(String approver, ShownTime time, InstantSource clock) {
        this.approver = approver;
        this.time = time;
        this.clock = clock;
    }

    /** What tells one list of waiting questions from another. */
    static String state(List<AskedQuestion> waiting) {
        String ids = waiting.stream().map(AskedQuestion::id).collect(joining(" "));
        return HexFormat.of().formatHex(ApprovalToken.sha256(ids), 0, 8);
    }

    /** The form that asks for the token, and what is to be said of the last try. */
    String signIn(String said) {
        Html notice = said.isEmpty() ? Html.NONE : Html.template("not-signed-in.html", Map.of("said", text(said)));
        return page("Sign in", Html.NONE, Html.template("sign-in.html", Map.of("notice", notice)));
    }

    /** Everything that waits, the oldest first. */
    String list(Session session, List<AskedQuestion> waiting, @Nullable Outcome outcome) {
        String title = waiting.isEmpty() ? "Nothing waits" : waitingCalls(waiting.size());
        Html main = Html.template(
                "list.html",
                Map.of(
                        "notice", outcome == null ? Html.NONE : notice(outcome),
                        "title", text(title),
                        "seen", text(time.of(clock.instant())),
                        "path", text(session.path()),
                        "calls", calls(session, waiting)));
        return page(title, header(session, waiting), main);
    }

    /** One question, however long it is. */
    String question(Session session, AskedQuestion question, List<AskedQuestion> waiting) {
        int number = waiting.stream().map(AskedQuestion::id).toList().indexOf(question.id()) + 1;
        QuestionHtml card = new QuestionHtml(session, waiting, time);
        Html main =
                Html.template("one.html", Map.of("path", text(session.path()), "call", card.whole(question, number)));
        return page("Call " + number + ": " + question.tool(), header(session, waiting), main);
    }

    private Html calls(Session session, List<AskedQuestion> waiting) {
        if (waiting.isEmpty()) return Html.template("none.html", Map.of());
        QuestionHtml card = new QuestionHtml(session, waiting, time);
        List<Html> calls = new ArrayList<>();
        int markup = 0;
        for (AskedQuestion question : waiting.subList(0, Math.min(MOST_LISTED, waiting.size()))) {
            int number = calls.size() + 1;
            boolean fits = markup < MOST_MARKUP && question.argumentsJson().length() <= LONGEST_IN_LIST;
            Html call = fits ? card.whole(question, number) : card.link(question, number);
            markup += call.length();
            calls.add(call);
        }
        int more = waiting.size() - calls.size();
        if (more > 0) calls.add(Html.template("more.html", Map.of("more", text(String.valueOf(more)))));
        return Html.join("\n", calls);
    }

    private Html header(Session session, List<AskedQuestion> waiting) {
        return Html.template(
                "header.html",
                Map.of(
                        "path", text(session.path()),
                        "approver", text(approver),
                        "form", text(session.formToken()),
                        "state", text(state(waiting))));
    }

    private static Html notice(Outcome outcome) {
        String kind = outcome.kind().counts() ? "good" : "bad";
        return Html.template("notice.html", Map.of("kind", text(kind), "sentence", text(outcome.sentence())));
    }

    private static String page(String title, Html header, Html main) {
        return Html.template("page.html", Map.of("title", text(title), "header", header, "main", main))
                .toString();
    }

    private static String waitingCalls(int count) {
        return count == 1 ? "1 call waits for an answer" : count + " calls wait, the oldest first";
    }
}
