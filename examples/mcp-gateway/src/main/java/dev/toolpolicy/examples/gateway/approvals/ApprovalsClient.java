package dev.toolpolicy.examples.gateway.approvals;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Asks a page that is open on this machine, on behalf of who has the token. */
final class ApprovalsClient {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(60);
    private static final Set<String> HOSTS = Set.of("localhost", "[::1]");

    private final URI page;
    private final String token;
    // No proxy: the token is for this machine, and nobody else's eyes.
    private final HttpClient http = HttpClient.newBuilder()
            .proxy(HttpClient.Builder.NO_PROXY)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();

    /**
     * @throws IllegalArgumentException if the page is not on this machine, or the token cannot be one
     */
    ApprovalsClient(String address, String token) {
        this.page = onThisMachine(address);
        this.token = ApprovalToken.checked(token);
    }

    private static URI onThisMachine(String address) {
        try {
            URI page = new URI(address);
            String host = page.getHost();
            boolean here = host != null && (HOSTS.contains(host) || host.matches("127(\\.\\d{1,3}){3}"));
            if (here && "http".equals(page.getScheme())) return page;
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new IllegalArgumentException("the page is on this machine: its address is like http://127.0.0.1:8080/");
    }

    /** It was not done, and not because of the question: nobody answers there, or the token is wrong. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1L;

        Failed(String message) {
            super(message);
        }
    }

    /** What came of an answer. */
    record Answered(boolean done, String sentence) {}

    /** Every question that waits, whole; the oldest first. */
    List<JsonObject> waiting() throws Failed {
        List<JsonObject> questions = new ArrayList<>();
        for (Object summary : asked("/api/questions").getJsonArray("questions")) {
            // One may have been answered since.
            JsonObject question = question(((JsonObject) summary).getString("id"));
            if (waits(question)) questions.add(question);
        }
        return questions;
    }

    /** One question; if it does not wait, how it stands. */
    JsonObject question(String id) throws Failed {
        return asked("/api/questions/" + id);
    }

    static boolean waits(JsonObject question) {
        return !question.containsKey("outcome");
    }

    Answered approve(String id) throws Failed {
        return answered(id + "/approve", BodyPublishers.noBody());
    }

    Answered reject(String id, String why) throws Failed {
        return answered(
                id + "/reject",
                BodyPublishers.ofString(new JsonObject().put("why", why).encode()));
    }

    private Answered answered(String path, BodyPublisher body) throws Failed {
        JsonObject outcome = sent(to("/api/questions/" + path)
                .header("Content-Type", "application/json")
                .POST(body));
        String kind = outcome.getString("outcome");
        return new Answered(kind.equals("approved") || kind.equals("rejected"), outcome.getString("message"));
    }

    private JsonObject asked(String path) throws Failed {
        return sent(to(path).GET());
    }

    private HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(page.resolve(path))
                .header("Authorization", "Bearer " + token)
                .timeout(ANSWER);
    }

    private JsonObject sent(HttpRequest.Builder request) throws Failed {
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString(UTF_8));
            JsonObject answer = new JsonObject(response.body());
            // An outcome is an answer whatever its status, all else is one with 200 only.
            if (response.statusCode() == 200 || answer.getValue("outcome") instanceof String) return answer;
            throw new Failed(answer.getString("message", "the page answered with " + response.statusCode()));
        } catch (IOException e) {
            throw new Failed("nobody answers at " + page);
        } catch (DecodeException | ClassCastException e) {
            throw new Failed("what answers at " + page + " is not a page for approvals");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failed("interrupted");
        }
    }
}
