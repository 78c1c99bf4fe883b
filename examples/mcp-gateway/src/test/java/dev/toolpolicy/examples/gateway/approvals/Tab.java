package dev.toolpolicy.examples.gateway.approvals;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** One tab of the browser, led by Chromium's own protocol: keys are real keys, and what is asked is what the page is. */
final class Tab implements AutoCloseable {
    private static final int WAIT_SECONDS = 60;
    private static final int SHIFT = 8;

    private record Key(String name, int code, String text) {}

    private static final Map<String, Key> KEYS =
            Map.of("Tab", new Key("Tab", 9, ""), "Enter", new Key("Enter", 13, "\r"), "Space", new Key(" ", 32, " "));

    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
    private final Map<String, CompletableFuture<JsonObject>> awaited = new ConcurrentHashMap<>();
    private final List<JsonObject> events = new CopyOnWriteArrayList<>();
    private final WebSocket socket;

    Tab(HttpClient http, URI devTools) {
        socket = http.newWebSocketBuilder().buildAsync(devTools, new Listener()).join();
        List.of("Page", "Runtime", "Network", "Log").forEach(domain -> call(domain + ".enable", new JsonObject()));
        call("Page.bringToFront", new JsonObject());
        // Else keys go nowhere while another tab lies on top.
        call("Emulation.setFocusEmulationEnabled", new JsonObject().put("enabled", true));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                JsonObject message = new JsonObject(text.toString());
                text.setLength(0);
                heard(message);
            }
            webSocket.request(1);
            return CompletableFuture.completedFuture(null);
        }
    }

    private void heard(JsonObject message) {
        Integer id = message.getInteger("id");
        if (id != null) {
            answers.remove(id).complete(message);
            return;
        }
        events.add(message);
        CompletableFuture<JsonObject> waiting = awaited.remove(message.getString("method"));
        if (waiting != null) waiting.complete(message);
    }

    JsonObject call(String method, JsonObject parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonObject> answer = new CompletableFuture<>();
        answers.put(id, answer);
        String message = new JsonObject()
                .put("id", id)
                .put("method", method)
                .put("params", parameters)
                .encode();
        socket.sendText(message, true).join();
        JsonObject result = answer.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
        if (result.containsKey("error")) throw new IllegalStateException(method + ": " + result.getValue("error"));
        return result.getJsonObject("result");
    }

    /** Does what leads to another page, and waits until that is there. */
    void leads(Runnable action) {
        CompletableFuture<JsonObject> loaded = new CompletableFuture<>();
        awaited.put("Page.loadEventFired", loaded);
        action.run();
        loaded.orTimeout(WAIT_SECONDS, TimeUnit.SECONDS).join();
    }

    void open(String url) {
        leads(() -> call("Page.navigate", new JsonObject().put("url", url)));
    }

    void press(String key) {
        press(KEYS.get(key), 0);
    }

    void pressShiftTab() {
        press(KEYS.get("Tab"), SHIFT);
    }

    private void press(Key key, int modifiers) {
        JsonObject event = new JsonObject()
                .put("key", key.name())
                .put("code", key.name().isBlank() ? "Space" : key.name())
                .put("windowsVirtualKeyCode", key.code())
                .put("modifiers", modifiers);
        if (!key.text().isEmpty()) event.put("text", key.text());
        call("Input.dispatchKeyEvent", event.copy().put("type", key.text().isEmpty() ? "rawKeyDown" : "keyDown"));
        call("Input.dispatchKeyEvent", event.put("type", "keyUp"));
    }

    void type(String text) {
        call("Input.insertText", new JsonObject().put("text", text));
    }

    /** What this JavaScript comes to; of a promise, what it comes to. */
    Object eval(String script) {
        JsonObject result = call(
                "Runtime.evaluate",
                new JsonObject()
                        .put("expression", script)
                        .put("returnByValue", true)
                        .put("awaitPromise", true));
        if (result.containsKey("exceptionDetails")) throw new IllegalStateException(result.encode());
        return result.getJsonObject("result").getValue("value");
    }

    String text(String selector) {
        return (String)
                eval("document.querySelector(" + new JsonArray().add(selector).encode() + "[0]).innerText");
    }

    /** Waits until this holds, looking at each change of the page and of the focus. */
    void until(String condition) {
        eval("new Promise(done => { const look = () => { if (" + condition + ") done(true); };"
                + " const changes = { subtree: true, childList: true, characterData: true, attributes: true };"
                + " new MutationObserver(look).observe(document, changes);"
                + " document.addEventListener('focusin', look);"
                + " look(); })");
    }

    void colours(String scheme) {
        JsonObject feature =
                new JsonObject().put("name", "prefers-color-scheme").put("value", scheme);
        call("Emulation.setEmulatedMedia", new JsonObject().put("features", new JsonArray().add(feature)));
    }

    void size(int width, int height) {
        call(
                "Emulation.setDeviceMetricsOverride",
                new JsonObject()
                        .put("width", width)
                        .put("height", height)
                        .put("deviceScaleFactor", 1)
                        .put("mobile", false));
    }

    byte[] screenshot(boolean whole) {
        JsonObject shot = call(
                "Page.captureScreenshot", new JsonObject().put("format", "png").put("captureBeyondViewport", whole));
        return Base64.getDecoder().decode(shot.getString("data"));
    }

    /** The addresses that were asked for, in this order. */
    List<String> requests() {
        return heard("Network.requestWillBeSent")
                .map(event -> event.getJsonObject("request").getString("url"))
                .toList();
    }

    Stream<JsonObject> heard(String method) {
        return events.stream()
                .filter(event -> method.equals(event.getString("method")))
                .map(event -> event.getJsonObject("params"));
    }

    @Override
    public void close() {
        call("Page.close", new JsonObject());
        socket.abort();
    }
}
