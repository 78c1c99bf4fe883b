package dev.toolpolicy.examples.gateway.approvals;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.examples.gateway.approvals.Sessions.Session;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser is shown: the form to sign in, and behind it the questions. */
final class Pages {
    static final int LONGEST_REASON = 1_000;

    private static final String COOKIE = "toolpolicy_approvals";
    private static final Pattern PLACE = Pattern.compile("/([A-Za-z0-9_-]{22})/(.*)");
    private static final Pattern QUESTION = Pattern.compile("questions/([0-9a-f]{32})(?:/(approve|reject))?");

    private final ApprovalDesk desk;
    private final Answers answers;
    private final TokenCheck token;
    private final Sessions sessions;
    private final PageHtml html;
    private final WorkerExecutor worker;

    Pages(
            ApprovalDesk desk,
            Answers answers,
            TokenCheck token,
            Sessions sessions,
            PageHtml html,
            WorkerExecutor worker) {
        this.desk = desk;
        this.answers = answers;
        this.token = token;
        this.sessions = sessions;
        this.html = html;
        this.worker = worker;
    }

    Future<Reply> answer(HttpServerRequest request, String path) {
        if (path.equals("/")) return by(request, GET, () -> now(Reply.html(200, html.signIn(""))));
        if (path.equals("/sign-in")) return by(request, POST, () -> signIn(request));
        Matcher place = PLACE.matcher(path);
        if (!place.matches()) return now(Reply.notFound());
        Cookie cookie = request.getCookie(COOKIE);
        Optional<Session> session =
                cookie == null ? Optional.empty() : sessions.find(place.group(1), cookie.getValue());
        // The same for a place that was never one: nobody learns which are.
        return session.map(found -> inside(request, found, place.group(2))).orElseGet(() -> now(Reply.seeOther("/")));
    }

    private Future<Reply> signIn(HttpServerRequest request) {
        return RequestBody.form(request)
                .compose(form -> token.of(RequestBody.field(form, "token").strip()))
                .map(found -> switch (found) {
                    case RIGHT -> signedIn();
                    case WRONG -> Reply.html(401, html.signIn("This is not the token."));
                    case BUSY ->
                        Reply.html(429, html.signIn("Too many wrong tokens were offered. Try again in a moment."))
                                .with("Retry-After", "2");
                });
    }

    private Reply signedIn() {
        Session session = sessions.begin();
        String cookie = COOKIE + "=" + session.cookie() + "; Path=" + session.path() + "; Max-Age="
                + Sessions.LIFE.toSeconds() + "; HttpOnly; SameSite=Strict";
        return Reply.seeOther(session.path()).with("Set-Cookie", cookie);
    }

    private Future<Reply> inside(HttpServerRequest request, Session session, String path) {
        return switch (path) {
            case "" -> by(request, GET, () -> worker(() -> list(session)));
            case "state" -> by(request, GET, () -> worker(this::state));
            case "sign-out" -> by(request, POST, () -> genuine(request, session, form -> signedOut(session)));
            default -> ofQuestion(request, session, path);
        };
    }

    private Future<Reply> signedOut(Session session) {
        sessions.end(session);
        return now(Reply.seeOther("/"));
    }

    private Future<Reply> ofQuestion(HttpServerRequest request, Session session, String path) {
        Matcher question = QUESTION.matcher(path);
        if (!question.matches()) return now(Reply.notFound());
        String id = question.group(1);
        String answer = question.group(2);
        if (answer == null) return by(request, GET, () -> worker(() -> question(session, id)));
        return by(request, POST, () -> genuine(request, session, form -> answered(session, id, answer, form)));
    }

    private Reply list(Session session) {
        return Reply.html(
                200, html.list(session, desk.pending(), session.notice().getAndSet(null)));
    }

    private Reply state() {
        List<AskedQuestion> pending = desk.pending();
        return Reply.json(
                200, new JsonObject().put("state", PageHtml.state(pending)).put("waiting", pending.size()));
    }

    private Reply question(Session session, String id) {
        Optional<AskedQuestion> waiting =
                desk.find(id).filter(question -> question.state() == AskedQuestion.State.PENDING);
        return waiting.map(question -> Reply.html(200, html.question(session, question, desk.pending())))
                .orElseGet(() -> {
                    session.notice().set(answers.found(id));
                    return Reply.seeOther(session.path());
                });
    }

    private Future<Reply> answered(Session session, String id, String answer, Map<String, List<String>> form) {
        String why = RequestBody.field(form, "why");
        if (why.length() > LONGEST_REASON)
            return now(Reply.text(400, "A reason has at most " + LONGEST_REASON + " characters."));
        return worker(() -> {
            session.notice().set(answer.equals("approve") ? answers.approve(id) : answers.reject(id, why));
            return Reply.seeOther(session.path());
        });
    }

    private interface Genuine {
        Future<Reply> answer(Map<String, List<String>> form);
    }

    /** Only a form that this session was sent. */
    private static Future<Reply> genuine(HttpServerRequest request, Session session, Genuine then) {
        return RequestBody.form(request).compose(form -> {
            boolean genuine = ApprovalToken.same(session.formToken(), RequestBody.field(form, "form"));
            return genuine ? then.answer(form) : now(Reply.text(403, "Not from another page."));
        });
    }

    private static Future<Reply> by(HttpServerRequest request, HttpMethod method, Supplier<Future<Reply>> answer) {
        return request.method().equals(method) ? answer.get() : now(Reply.onlyBy(method.name()));
    }

    /** The desk may wait for a disk, and a page may be long: neither holds up the event loop. */
    private Future<Reply> worker(Callable<Reply> work) {
        return worker.executeBlocking(work, false);
    }

    private static Future<Reply> now(Reply reply) {
        return Future.succeededFuture(reply);
    }
}
