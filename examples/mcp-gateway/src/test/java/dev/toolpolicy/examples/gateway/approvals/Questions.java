package dev.toolpolicy.examples.gateway.approvals;

import dev.toolpolicy.approval.AskedQuestion;
import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.examples.gateway.approvals.Sessions.Session;
import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Question.Asking;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Questions that are always the same: an ordinary one, one like it, and one that an enemy wrote in every place there is. */
final class Questions {
    static final Instant ASKED = Instant.parse("2026-03-01T12:00:00Z");
    static final String HOSTILE =
            "\"'><script>alert(1)</script>&lt;\u202e\n\u200b\u001b[2J \u0440\u0430y ${form} \\u0041";

    private Questions() {}

    static List<AskedQuestion> three() {
        return List.of(charge(1, "750"), charge(2, "7500"), hostile());
    }

    private static AskedQuestion charge(int number, String amount) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("tenant", "acme");
        attributes.put("scopes", List.of("read", "write"));
        return asked(
                number,
                new Asker("alice-laptop", Optional.of("s-1"), attributes),
                "create_charge",
                "{\"amount\":" + amount + ",\"items\":[{\"id\":\"a-1\",\"tags\":[]}],\"to\":\"acme\"}",
                List.of(
                        new Asking("big-charge", "charges over 500 are approved by a person"),
                        new Asking("/all_tools/require_approval_if/0", "everything of this tenant is looked at")),
                "prod-stripe");
    }

    private static AskedQuestion hostile() {
        String text = HOSTILE.replace("\\", "\\\\")
                .replace("\"", "\\\"")
                .replace("\n", "\\n")
                .replace("\u001b", "\\u001b");
        return asked(
                3,
                new Asker(HOSTILE, Optional.of(HOSTILE), Map.of(HOSTILE, HOSTILE)),
                HOSTILE,
                "{\"" + text + "\":[\"" + text + "\"]}",
                List.of(new Asking(HOSTILE, HOSTILE)),
                HOSTILE);
    }

    private static AskedQuestion asked(
            int number, Asker asker, String tool, String argumentsJson, List<Asking> rules, String namespace) {
        Instant asked = ASKED.plusSeconds(60L * number);
        return new AskedQuestion(
                String.valueOf(number).repeat(32),
                new Question("0".repeat(64), namespace, asker, tool, argumentsJson, rules),
                asked,
                asked.plusSeconds(1800),
                State.PENDING,
                "",
                "");
    }

    static Session session() {
        return new Session("PLACE", "COOKIE", "FORM-TOKEN", Instant.MAX, new AtomicReference<>());
    }
}
