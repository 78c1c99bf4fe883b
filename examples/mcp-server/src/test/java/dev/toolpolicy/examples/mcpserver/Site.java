package dev.toolpolicy.examples.mcpserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.approval.FileApprovals;
import dev.toolpolicy.audit.AuditVerifier;
import dev.toolpolicy.audit.JsonLinesAudit;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyFile;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.examples.mcpserver.GuardedTools.Offer;
import dev.toolpolicy.examples.mcpserver.demo.Premises;
import dev.toolpolicy.jsonschema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** What the program puts together, in the process of the test, and at noon for ever. */
final class Site implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    final Premises premises;
    final Callers callers;
    final FileApprovals people;
    final PolicyFile policy;
    final Evaluator evaluator;
    final Serving serving;
    final CountDownLatch stop = new CountDownLatch(1);
    private final JsonLinesAudit audit;
    private final Store store;

    Site(Path folder) throws Exception {
        this(folder, Map.of());
    }

    /** With texts of the policy replaced. */
    Site(Path folder, Map<String, String> edits) throws Exception {
        premises = Premises.in(folder);
        edit(edits);
        Files.createDirectory(premises.data());
        callers = Callers.in(premises.callers());
        audit = JsonLinesAudit.builder(premises.auditLog()).key(auditKey()).open();
        people = FileApprovals.builder(premises.data().resolve("approvals")).build();
        policy = PolicyFile.watching(premises.policy(), PolicyParser.with(JsonSchema.validator()));
        evaluator = Evaluator.builder(policy)
                .counters(Bucket4jCounters.inMemory())
                .approvals(people)
                .mandatoryAudit(audit)
                .clock(() -> Instant.parse("2026-01-01T12:00:00Z"))
                .build();
        store = Store.at("jdbc:h2:file:" + premises.data().resolve("store"));
        StrictJson json = new StrictJson();
        serving = new Serving(evaluator, policy, Toolbox.over(store, json), json, stop);
    }

    /** Replaces texts of the policy, each of which must be there. */
    void edit(Map<String, String> edits) throws IOException {
        String text = Files.readString(premises.policy());
        for (Map.Entry<String, String> edit : edits.entrySet()) {
            if (!text.contains(edit.getKey()))
                throw new IllegalArgumentException("not in the policy: " + edit.getKey());
            text = text.replace(edit.getKey(), edit.getValue());
        }
        Files.writeString(premises.policy(), text);
    }

    /** The same with one more tool from the start. */
    Serving with(Offer more) {
        List<Offer> offers = new ArrayList<>(serving.offers());
        offers.add(more);
        return new Serving(evaluator, policy, offers, serving.json(), stop);
    }

    /** The lines of the audit log of this type. */
    List<JsonNode> recorded(String type) throws IOException {
        List<JsonNode> records = new ArrayList<>();
        for (String line : Files.readAllLines(premises.auditLog())) {
            JsonNode record = JSON.readTree(line);
            if (record.get("type").asText().equals(type)) records.add(record);
        }
        return records;
    }

    /** The last decision, as {@code outcome code tool}. */
    String lastDecision() throws IOException {
        List<JsonNode> decisions = recorded("decision");
        JsonNode last = decisions.get(decisions.size() - 1);
        return last.path("outcome").asText() + " " + last.path("code").asText() + " "
                + last.path("tool").asText();
    }

    byte[] auditKey() throws IOException {
        return Files.readAllBytes(premises.auditKey());
    }

    @Override
    public void close() throws IOException {
        store.close();
        evaluator.close();
        policy.close();
        people.close();
        audit.close();
        if (!AuditVerifier.verify(premises.auditLog(), auditKey()).ok()) throw new IOException("the log is broken");
    }

    /** The site, served over HTTP. */
    static final class Http implements AutoCloseable {
        final Site site;
        final GuardedTools tools;
        final String address;
        private final HttpFront front;

        Http(Site site) throws Exception {
            this.site = site;
            var transport = HttpFront.transport(site.serving.json());
            tools = new GuardedTools(
                    site.evaluator, Gate::caller, site.serving.overHttp(transport), site.serving.offers());
            Reloads.tell(site.policy, tools);
            front = new HttpFront(
                    transport, site.callers, 0, site.premises.data().resolve("tomcat"));
            address = "http://127.0.0.1:" + front.port() + "/mcp";
        }

        @Override
        public void close() throws IOException {
            front.close();
            tools.close();
            site.close();
        }
    }
}
