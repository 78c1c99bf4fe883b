package dev.toolpolicy.examples.gateway.approvals;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;

import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.examples.gateway.approvals.Answers.Outcome;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The same as the pages for programs: JSON, and the token with every request. */
final class Api {
    private static final String QUESTIONS = "/api/questions";
    private static final Pattern QUESTION = Pattern.compile(QUESTIONS + "/([0-9a-f]{32})(?:/(approve|reject))?");
    private static final String SCHEME = "bearer ";

    private final ApprovalDesk desk;
    private final Answers answers;
    private final TokenCheck token;
    private final WorkerExecutor worker;

    Api(ApprovalDesk desk, Answers answers, TokenCheck token, WorkerExecutor worker) {
        this.desk = desk;
        this.answers = answers;
        this.token = token;
        this.worker = worker;
    }

    Future<Reply> answer(HttpServerRequest request, String path) {
        List<String> given = request.headers().getAll("Authorization");
        if (given.size() != 1 || !given.get(0).toLowerCase(Locale.ROOT).startsWith(SCHEME))
            return Future.succeededFuture(unauthorized());
        return token.of(given.get(0).substring(SCHEME.length()).strip()).compose(found -> switch (found) {
            case RIGHT -> route(request, path);
            case WRONG -> Future.succeededFuture(unauthorized());
            case BUSY ->
                Future.succeededFuture(
                        message(429, "too many wrong tokens were offered").with("Retry-After", "2"));
        });
    }

    private static Reply unauthorized() {
        return message(401, "the token is missing or wrong").with("WWW-Authenticate", "Bearer");
    }

    private static Reply message(int status, String message) {
        return Reply.json(status, new JsonObject().put("message", message));
    }

    private Future<Reply> route(HttpServerRequest request, String path) {
        Matcher question = QUESTION.matcher(path);
        boolean one = question.matches();
        if (!one && !path.equals(QUESTIONS)) return Future.succeededFuture(message(404, "there is no such page"));
        boolean answer = one && question.group(2) != null;
        if (!request.method().equals(answer ? POST : GET))
            return Future.succeededFuture(Reply.onlyBy(answer ? "POST" : "GET"));
        if (!one) return worker.executeBlocking(this::list, false);
        String id = question.group(1);
        if (!answer) return worker.executeBlocking(() -> question(id), false);
        if (question.group(2).equals("approve"))
            return worker.executeBlocking(() -> outcome(answers.approve(id)), false);
        return RequestBody.json(request).compose(body -> rejected(id, body.getValue("why")));
    }

    private Future<Reply> rejected(String id, Object why) {
        if (!(why instanceof String text) || text.length() > Pages.LONGEST_REASON)
            return Future.succeededFuture(
                    message(400, "why is a string of at most " + Pages.LONGEST_REASON + " characters"));
        return worker.executeBlocking(() -> outcome(answers.reject(id, text)), false);
    }

    /** Without the arguments, for together they may be long; each question has them. */
    private Reply list() {
        List<JsonObject> questions = desk.pending().stream().map(Api::summary).toList();
        return Reply.json(200, new JsonObject().put("questions", new JsonArray(questions)));
    }

    private Reply question(String id) {
        return desk.find(id)
                .filter(question -> question.state() == AskedQuestion.State.PENDING)
                .map(question -> Reply.json(200, whole(question)))
                .orElseGet(() -> outcome(answers.found(id)));
    }

    private static Reply outcome(Outcome outcome) {
        return Reply.json(
                outcome.kind().status(),
                new JsonObject()
                        .put("outcome", outcome.kind().name().toLowerCase(Locale.ROOT))
                        .put("message", outcome.sentence()));
    }

    private static JsonObject summary(AskedQuestion question) {
        return new JsonObject()
                .put("id", question.id())
                .put("tool", question.tool())
                .put("grant", question.asker().grant())
                .put("asked", question.asked().toString())
                .put("lapses", question.lapses().toString());
    }

    static JsonObject whole(AskedQuestion question) {
        JsonObject attributes = new JsonObject();
        question.asker()
                .attributes()
                .forEach((name, value) -> attributes.put(
                        name, value instanceof List<?> values ? new JsonArray(List.copyOf(values)) : value));
        List<JsonObject> rules = question.rules().stream()
                .map(asking -> new JsonObject().put("rule", asking.rule()).put("text", asking.text()))
                .toList();
        return summary(question)
                .put("session", question.asker().session().orElse(null))
                .put("attributes", attributes)
                .put("namespace", question.question().namespace())
                // As text: who reads it gets every digit.
                .put("argumentsJson", question.argumentsJson())
                .put("rules", new JsonArray(rules));
    }
}
