package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.examples.gateway.approvals.RawHttp.Response;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser without a screen: has signed in, keeps the cookie, and sends the forms it was sent. */
final class SignedIn {
    private static final Pattern FORM = Pattern.compile("name=\"form\" value=\"([^\"]+)\"");

    final String path;
    final String cookie;
    private final int port;

    SignedIn(Office office) {
        port = office.port();
        Response response = new RawHttp(port).fromOwnPage().post("/sign-in", Map.of("token", office.token));
        assertThat(response.status()).isEqualTo(303);
        path = response.header("Location");
        cookie = response.header("Set-Cookie").split(";", 2)[0];
    }

    RawHttp request() {
        return new RawHttp(port).with("Cookie", cookie);
    }

    Response list() {
        return request().get(path);
    }

    String formToken() {
        Matcher form = FORM.matcher(list().body());
        assertThat(form.find()).isTrue();
        return form.group(1);
    }

    /** Answers, and shows the page that one comes to then. */
    String answer(String id, String answer, Map<String, String> fields) {
        Map<String, String> form = new LinkedHashMap<>(fields);
        form.put("form", formToken());
        Response response = request().fromOwnPage().post(path + "questions/" + id + "/" + answer, form);
        assertThat(response.status()).as(response.body()).isEqualTo(303);
        return request().get(response.header("Location")).body();
    }
}
