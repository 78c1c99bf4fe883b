package dev.toolpolicy.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.toolpolicy.document.ParseResult;
import dev.toolpolicy.document.PolicyParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** A schema that names an address is not looked up there: neither when the policy is read nor when a call is judged. */
class NothingIsFetchedTest {
    private static final Queue<String> OPENED = new ConcurrentLinkedQueue<>();

    static {
        // For the whole of this JVM, and only once: whoever opens an address, of whatever kind, is caught.
        URL.setURLStreamHandlerFactory(protocol ->
                List.of("http", "https", "ftp", "classpath").contains(protocol) ? new CatchingHandler(OPENED) : null);
    }

    @Test
    void theFactoryCatchesWhoOpensAnAddress() {
        OPENED.clear();
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> new URL("http://127.0.0.1:1/").openStream()))
                .isInstanceOf(IOException.class);
        assertThat(OPENED).hasSize(1);
    }

    @Test
    void noAddressInASchemaIsOpened() throws IOException {
        OPENED.clear();
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            exchange.close();
        });
        server.start();
        try {
            String address = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema.json";
            for (String schema : List.of(
                    "{\"$ref\": \"ADDRESS\"}",
                    "{\"$ref\": \"ADDRESS#/definitions/a\"}",
                    "{\"$id\": \"ADDRESS\", \"properties\": {\"a\": {\"$ref\": \"other.json\"}}}",
                    "{\"$id\": \"ADDRESS\", \"properties\": {\"a\": {\"$ref\": \"#/properties/b\"}, \"b\": {\"type\": \"string\"}}}",
                    "{\"$schema\": \"ADDRESS\"}",
                    "{\"definitions\": {\"a\": {\"$id\": \"ADDRESS\"}}, \"properties\": {\"x\": {\"$ref\": \"ADDRESS\"}}}",
                    "{\"enum\": [{\"$ref\": \"ADDRESS\"}], \"default\": {\"$ref\": \"ADDRESS\"}}",
                    "{\"properties\": {\"$ref\": {\"const\": \"ADDRESS\"}}}")) {
                for (String place :
                        List.of(address, "classpath://schema.json", "ftp://127.0.0.1:1/a", "file:///etc/hostname")) {
                    judge(schema.replace("ADDRESS", place), place);
                }
            }
        } finally {
            server.stop(0);
        }
        assertThat(asked).isEmpty();
        assertThat(OPENED).isEmpty();
    }

    private static void judge(String schema, String address) {
        String text = "{\"version\": \"1\", \"default\": \"deny\", \"tools\": {\"t\": {\"arguments_schema\": " + schema
                + "}}}";
        ParseResult result = PolicyParser.with(JsonSchema.validator()).parse(text);
        if (result instanceof ParseResult.Parsed) {
            Schemas.violations(
                    schema,
                    "{\"a\": \"" + address + "\", \"$ref\": \"" + address + "\", \"$schema\": \"" + address + "\"}");
        }
    }
}
