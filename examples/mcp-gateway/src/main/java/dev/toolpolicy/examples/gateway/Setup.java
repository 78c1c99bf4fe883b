package dev.toolpolicy.examples.gateway;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.approval.ApprovalDesk;
import dev.toolpolicy.audit.JsonLinesAudit;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyFile;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.jsonschema.JsonSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What decides: the policy and the plugs that it needs, as the command line says. */
final class Setup {
    @Option(
            names = "--policy",
            required = true,
            paramLabel = "FILE",
            description = "The policy. It is followed: another is taken when the file changes, or at SIGHUP.")
    private Path policy = Path.of("");

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "Where every decision is recorded; a call that cannot be recorded is denied.")
    private @Nullable Path audit;

    @Option(
            names = "--audit-key-file",
            paramLabel = "FILE",
            description = "The key of the audit log; without one the log shows accidents only.")
    private @Nullable Path auditKey;

    @Option(
            names = "--namespace",
            paramLabel = "NAME",
            description = "Tells the approvals and records of this server from those of others.")
    private String namespace = "default";

    /** All that was opened, to be closed together. */
    record Opened(PolicyFile policy, Evaluator evaluator, Optional<ApprovalDesk> desk, Optional<JsonLinesAudit> audit)
            implements AutoCloseable {
        @Override
        public void close() {
            evaluator.close();
            desk.ifPresent(ApprovalDesk::close);
            policy.close();
            audit.ifPresent(JsonLinesAudit::close);
        }
    }

    Opened open(Optional<ApprovalDesk> desk, Console console) throws IOException {
        PolicyFile file = PolicyFile.watching(policy, PolicyParser.with(JsonSchema.validator()));
        Evaluator.Builder builder = Evaluator.builder(file)
                .counters(Bucket4jCounters.inMemory())
                .namespace(namespace)
                .listener(console);
        desk.ifPresent(builder::approvals);
        Optional<JsonLinesAudit> log = log();
        log.ifPresent(builder::mandatoryAudit);
        return new Opened(file, build(builder, desk), desk, log);
    }

    private static Evaluator build(Evaluator.Builder builder, Optional<ApprovalDesk> desk) {
        try {
            return builder.build();
        } catch (IllegalStateException e) {
            // All else that a policy may need is there.
            if (desk.isPresent()) throw e;
            throw new IllegalStateException(
                    "the policy asks for approvals: say where a person answers, with --approvals 127.0.0.1:PORT", e);
        }
    }

    private static byte[] key(Path file) throws IOException {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            // Its own message is often no more than the name.
            throw new IOException("the key of the audit log cannot be read: " + file, e);
        }
    }

    private Optional<JsonLinesAudit> log() throws IOException {
        if (audit == null) return Optional.empty();
        JsonLinesAudit.Builder log = JsonLinesAudit.builder(audit);
        if (auditKey != null) log.key(key(auditKey));
        return Optional.of(log.open());
    }
}
