package dev.toolpolicy.examples.gateway.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.gateway.approvals.RawHttp.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that must not get an answer, nor change one. */
class FrontDoorTest {
    private final Office office = Office.asking("a secret reason");
    private final String id = office.asks("secret_tool", "{\"secret\":1}");

    @AfterEach
    void nothingHasHappened() {
        try (office) {
            assertThat(office.stateOf(id)).isEqualTo(State.PENDING);
        }
    }

    private RawHttp request() {
        return new RawHttp(office.port());
    }

    private static void assertSaysNothing(Response response) {
        assertThat(response.body()).doesNotContain("secret").doesNotContain("alice");
        assertHardened(response);
    }

    private static void assertHardened(Response response) {
        assertThat(response.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self';")
                .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(response.header("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(response.header("Cache-Control")).isEqualTo("no-store");
        assertThat(response.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(response.headers()).doesNotContainKey("access-control-allow-origin");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 200",
        "GET, /page.css, 200",
        "GET, /page.js, 200",
        "HEAD, /, 405",
        "OPTIONS, /, 405",
        "POST, /, 405",
        "PUT, /page.js, 405",
        "GET, /sign-in, 405",
        "GET, /index.html, 404",
        "GET, /questions, 404",
        "GET, //, 404",
        "GET, /../, 404",
        "GET, /page.html, 404",
        "GET, /?, 404",
        "GET, http://127.0.0.1/, 404",
        "GET, /api/questions, 401",
        "GET, /api/nothing, 401",
        "POST, /api/questions/0/approve, 401",
        "GET, /AAAAAAAAAAAAAAAAAAAAAA/, 303",
        "GET, /AAAAAAAAAAAAAAAAAAAAAA/state, 303"
    })
    void withoutTheTokenThereIsTheFormToSignInAndNothingElse(String method, String path, int status) {
        Response response = request().fromOwnPage().send(method, path, "");
        assertThat(response.status()).isEqualTo(status);
        assertSaysNothing(response);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:PORT",
                "127.0.0.1",
                "127.0.0.1:1",
                "localhost.:PORT",
                "127.0.0.2:PORT",
                "LOCALHOST:PORT",
                ""
            })
    void aNameThatWasMadeToLeadHereIsNotAnswered(String host) {
        SignedIn person = new SignedIn(office);
        Response response = person.request()
                .with("Host", host.replace("PORT", "" + office.port()))
                .get(person.path);
        assertThat(response.status()).isIn(400, 421);
        assertThat(response.body()).doesNotContain("secret");
    }

    @Test
    void oneHostIsNamedAndNoMore() {
        String own = "127.0.0.1:" + office.port();
        assertThat(request().with("Host").get("/").status()).isIn(400, 421);
        assertThat(request().with("Host", own, "evil.example").get("/").status())
                .isIn(400, 421);
        assertThat(request().with("Host", "localhost:" + office.port()).get("/").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "http://evil.example",
                "http://127.0.0.1",
                "http://127.0.0.1:1",
                "https://127.0.0.1:PORT",
                "http://localhost:PORT",
                "http://127.0.0.1:PORT/",
                "NONE"
            })
    void aFormOfAnotherPageIsRefused(String origin) {
        SignedIn person = new SignedIn(office);
        Map<String, String> form = Map.of("form", person.formToken());
        RawHttp request = person.request();
        if (!origin.equals("NONE")) request.with("Origin", origin.replace("PORT", "" + office.port()));
        Response response = request.post(person.path + "questions/" + id + "/approve", form);
        assertThat(response.status()).isEqualTo(403);
        assertSaysNothing(response);
        assertThat(request.post("/sign-in", Map.of("token", office.token)).status())
                .isEqualTo(403);
    }

    @Test
    void aFormWithoutItsTokenIsRefused() {
        SignedIn person = new SignedIn(office);
        String path = person.path + "questions/" + id + "/approve";
        String other = new SignedIn(office).formToken();
        for (Map<String, String> form : List.of(
                Map.<String, String>of(), Map.of("form", ""), Map.of("form", office.token), Map.of("form", other)))
            assertThat(person.request().fromOwnPage().post(path, form).status()).isEqualTo(403);
        String twice = "form=" + person.formToken() + "&form=" + person.formToken();
        RawHttp form = person.request().fromOwnPage().with("Content-Type", "application/x-www-form-urlencoded");
        assertThat(form.send("POST", path, twice).status()).isEqualTo(403);
        assertThat(person.request().get(path).status()).isEqualTo(405);
    }

    @Test
    void aSessionIsItsPlaceAndItsCookieTogether() {
        SignedIn one = new SignedIn(office);
        SignedIn other = new SignedIn(office);
        assertThat(one.list().status()).isEqualTo(200);
        for (RawHttp request : List.of(
                request(), request().with("Cookie", other.cookie), request().with("Cookie", one.cookie + "x"))) {
            Response response = request.get(one.path);
            assertThat(response.status()).isEqualTo(303);
            assertThat(response.header("Location")).isEqualTo("/");
            assertSaysNothing(response);
        }
    }

    @Test
    void theCookieIsNotTheTokenAndForThePlaceOnly() {
        Response response = request().fromOwnPage().post("/sign-in", Map.of("token", office.token));
        assertThat(response.header("Set-Cookie"))
                .contains("; HttpOnly", "; SameSite=Strict", "; Path=" + response.header("Location") + ";")
                .doesNotContain(office.token);
        assertThat(response.header("Location")).doesNotContain(office.token);
        assertHardened(response);
    }

    @Test
    void aSessionEndsBySigningOutAndByTime() {
        SignedIn person = new SignedIn(office);
        Map<String, String> form = Map.of("form", person.formToken());
        person.request().fromOwnPage().post(person.path + "sign-out", form);
        assertThat(person.list().status()).isEqualTo(303);
        SignedIn again = new SignedIn(office);
        office.laterForThePage(Sessions.LIFE.minusNanos(1));
        assertThat(again.list().status()).isEqualTo(200);
        office.laterForThePage(Duration.ofNanos(1));
        assertThat(again.list().status()).isEqualTo(303);
    }

    @Test
    void theOldestOfTooManySessionsEnds() {
        SignedIn first = new SignedIn(office);
        List<SignedIn> more = new ArrayList<>();
        for (int i = 0; i < 16; i++) more.add(new SignedIn(office));
        assertThat(first.list().status()).isEqualTo(303);
        assertThat(more).allMatch(session -> session.list().status() == 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "TOKENx", "TOKE", "Bearer"})
    void aWrongTokenIsToldNothing(String offered) {
        String wrong = offered.replace("TOKEN", office.token).replace("TOKE", office.token.substring(1));
        Response form = request().fromOwnPage().post("/sign-in", Map.of("token", wrong));
        assertThat(form.status()).isEqualTo(401);
        assertThat(form.headers()).doesNotContainKey("set-cookie");
        assertThat(form.body()).contains("This is not the token.");
        assertSaysNothing(form);
        Response api = request().with("Authorization", "Bearer " + wrong).get("/api/questions");
        assertThat(api.status()).isEqualTo(401);
        assertThat(api.body()).isEqualTo(request().get("/api/questions").body());
        assertSaysNothing(api);
    }

    @Test
    void wrongTokensAreAnsweredLateAndOfManyNoneIsCompared() {
        long begin = System.nanoTime();
        List<CompletableFuture<Integer>> tries = new ArrayList<>();
        try (var threads = new Threads()) {
            for (int i = 0; i < 40; i++) {
                tries.add(threads.start(() -> request()
                        .with("Authorization", "Bearer wrong")
                        .get("/api/questions")
                        .status()));
            }
            List<Integer> found = tries.stream().map(CompletableFuture::join).toList();
            assertThat(found).filteredOn(status -> status == 401).hasSizeGreaterThanOrEqualTo(16);
            assertThat(found).filteredOn(status -> status == 429).isNotEmpty();
            assertThat(found).allMatch(status -> status == 401 || status == 429);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(900));
        assertThat(request()
                        .with("Authorization", "Bearer " + office.token)
                        .get("/api/questions")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whoHasTheTokenIsStillNoOtherPage() {
        RawHttp request = request().with("Authorization", "Bearer " + office.token);
        assertThat(request.with("Origin", "http://evil.example")
                        .get("/api/questions")
                        .status())
                .isEqualTo(403);
        assertThat(request()
                        .with("Authorization", "Bearer " + office.token, "Bearer x")
                        .get("/api/questions")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aSessionIsNoTokenAndATokenIsNoSession() {
        SignedIn person = new SignedIn(office);
        assertThat(person.request().get("/api/questions").status()).isEqualTo(401);
        assertThat(request()
                        .with("Authorization", "Bearer " + office.token)
                        .get(person.path)
                        .status())
                .isEqualTo(303);
    }

    @Test
    void aBodyIsBoundedWhetherItSaysItsLengthOrNot() {
        SignedIn person = new SignedIn(office);
        String path = person.path + "questions/" + id + "/reject";
        String form = "form=" + person.formToken() + "&why=" + "x".repeat(RequestBody.MOST_BYTES);
        RawHttp request = person.request().fromOwnPage().with("Content-Type", "application/x-www-form-urlencoded");
        assertThat(request.send("POST", path, form).status()).isEqualTo(413);
        request.with("Transfer-Encoding", "chunked");
        String chunk = Integer.toHexString(form.length()) + "\r\n" + form + "\r\n0\r\n\r\n";
        assertThat(request.send("POST", path, chunk).status()).isEqualTo(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "multipart/form-data", "application/json", ""})
    void onlyFormsAreForms(String type) {
        SignedIn person = new SignedIn(office);
        RawHttp request = person.request().fromOwnPage().with("Content-Type", type);
        Response response =
                request.send("POST", person.path + "questions/" + id + "/approve", "form=" + person.formToken());
        assertThat(response.status()).isEqualTo(415);
    }

    @Test
    void aFormThatCannotBeReadIsNone() {
        RawHttp request = request().fromOwnPage().with("Content-Type", "application/x-www-form-urlencoded");
        assertThat(request.send("POST", "/sign-in", "token=%zz").status()).isEqualTo(400);
    }
}
