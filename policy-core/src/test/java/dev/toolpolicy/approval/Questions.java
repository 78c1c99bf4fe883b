package dev.toolpolicy.approval;

import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Question.Asking;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Questions for tests; the text is the arguments, and with the grant it tells them apart. */
final class Questions {
    private Questions() {}

    static Question question(String grant, String text) {
        Asker asker = new Asker(grant, Optional.of("s-1"), Map.of("tenant", "acme", "scopes", List.of("a", "b")));
        return new Question(
                grant + "/" + text.hashCode() + "/" + text.length(),
                "prod",
                asker,
                "pay",
                "{\"note\":\"" + text + "\"}",
                List.of(new Asking("/r", "over 5")));
    }
}
