package dev.toolpolicy.document;

import dev.toolpolicy.CallPath;
import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.spi.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads whose use is counted together: {@code grant}, {@code session}, {@code global}, {@code identity.tenant}. */
final class ScopeSyntax {
    private static final List<String> WORDS = List.of("grant", "session", "global");
    private static final Map<String, Scope> SCOPES =
            Map.of("grant", Scope.GRANT, "session", Scope.SESSION, "global", Scope.GLOBAL);
    private static final Map<String, String> HINTS = Map.of(
            "identity", "name the attribute: `identity.tenant`",
            "identity.grant", Suggestion.didYouMean("grant"),
            "identity.session", Suggestion.didYouMean("session"));

    private ScopeSyntax() {}

    static Optional<Scope> read(Node node) {
        Optional<String> text = node.text("a scope", "`\"grant\"`");
        if (text.isEmpty()) return Optional.empty();
        Optional<Scope> scope = Optional.ofNullable(SCOPES.get(text.get())).or(() -> attribute(text.get()));
        if (scope.isEmpty()) {
            String found = "found `" + Json.shown(text.get()) + "`";
            node.wrong(
                    Code.BAD_SCOPE,
                    found + ", expected `grant`, `session`, `global` or `identity.…`",
                    hint(text.get()));
        }
        return scope;
    }

    private static Optional<Scope> attribute(String text) {
        // A log of its own: whatever is wrong with the path, here it is the scope that is wrong.
        Node aside = new Node(Pointer.ROOT, text, new ProblemLog());
        return PathSyntax.read(aside)
                .filter(path ->
                        path.root() == CallPath.Root.IDENTITY && path.steps().size() == 1)
                .map(path -> ((CallPath.Key) path.steps().get(0)).name())
                .filter(name -> !name.equals("grant") && !name.equals("session"))
                .map(Scope::identity);
    }

    private static String hint(String text) {
        String known = HINTS.get(text);
        if (known != null) return known;
        return Suggestion.nearest(text, WORDS)
                .map(Suggestion::didYouMean)
                .orElse("write `grant` to count each grant by itself, or an attribute such as `identity.tenant`");
    }
}
