package dev.toolpolicy.examples.gateway.approvals;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Where every request comes in: who calls this server by another name, or from another page, goes no further. */
final class FrontDoor implements Handler<HttpServerRequest> {
    private static final System.Logger LOG = System.getLogger(FrontDoor.class.getName());

    /** They say nothing of any question, and the form to sign in needs them. */
    private static final Map<String, Reply> FILES = Map.of(
            "/page.css", new Reply(200, "text/css; charset=utf-8", Html.resource("page.css"), Map.of()),
            "/page.js", new Reply(200, "text/javascript; charset=utf-8", Html.resource("page.js"), Map.of()));

    private final Set<String> names;
    private final Pages pages;
    private final Api api;

    /**
     * @param names by which this server is called, without a port
     */
    FrontDoor(Set<String> names, Pages pages, Api api) {
        this.names = names;
        this.pages = pages;
        this.api = api;
    }

    @Override
    public void handle(HttpServerRequest request) {
        Future.succeededFuture(request)
                .compose(this::answer) // what it throws is a failure too
                .recover(failure -> Future.succeededFuture(failed(failure)))
                .compose(reply -> reply.send(request.response()))
                .onFailure(failure -> LOG.log(Level.DEBUG, "an answer was not taken", failure));
    }

    private static Reply failed(Throwable failure) {
        if (failure instanceof RequestBody.Refused refused) return refused.reply();
        LOG.log(Level.ERROR, "a request to the approvals page failed", failure);
        return Reply.text(500, "This did not work. The gateway's log says why; look again at what waits.");
    }

    private Future<Reply> answer(HttpServerRequest request) {
        List<String> host = request.headers().getAll("Host");
        if (host.size() != 1 || !isOwn(host.get(0), request.localAddress().port()))
            return Future.succeededFuture(Reply.text(421, "This server goes by another name."));
        List<String> origin = request.headers().getAll("Origin");
        if (!origin.isEmpty() && !origin.equals(List.of("http://" + host.get(0))))
            return Future.succeededFuture(Reply.text(403, "Not from another page."));
        String path = request.uri();
        if (path.startsWith("/api/")) return api.answer(request, path);
        // A program that is no browser has no business with the forms.
        if (request.method().equals(HttpMethod.POST) && origin.isEmpty())
            return Future.succeededFuture(Reply.text(403, "Not from another page."));
        Reply file = FILES.get(path);
        if (file == null) return pages.answer(request, path);
        return Future.succeededFuture(request.method().equals(HttpMethod.GET) ? file : Reply.onlyBy("GET"));
    }

    /** A page from elsewhere can have its own name lead here, but not make a browser send another name than that. */
    private boolean isOwn(String host, int port) {
        return names.stream().anyMatch(name -> host.equals(name + ":" + port) || (port == 80 && host.equals(name)));
    }
}
