package dev.toolpolicy.examples.mcpserver.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/**
 * Somebody who answers questions.
 *
 * @param door where
 */
public record Person(String door, String token) {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What waits for an answer. */
    public List<JsonNode> questions() throws IOException, InterruptedException {
        List<JsonNode> questions = new ArrayList<>();
        JSON.readTree(send("GET", "")).forEach(questions::add);
        return questions;
    }

    /** Says yes to a question, or no: {@code approve} or {@code reject}. */
    public void answer(JsonNode question, String answer) throws IOException, InterruptedException {
        send("POST", "/" + question.get("id").asText() + "/" + answer);
    }

    private String send(String method, String path) throws IOException, InterruptedException {
        var answer = CLIENT.send(
                HttpRequest.newBuilder(URI.create(door + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .header("Authorization", "Bearer " + token)
                        .build(),
                BodyHandlers.ofString());
        if (answer.statusCode() != 200)
            throw new IOException("the door says " + answer.statusCode() + ": " + answer.body());
        return answer.body();
    }
}
