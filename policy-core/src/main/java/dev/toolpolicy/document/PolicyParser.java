package dev.toolpolicy.document;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.Policy;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.document.ProblemLog.Located;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.spi.ArgumentValidatorFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Turns a document into a {@link Policy}, or says everything that is wrong with it.
 *
 * <p>It throws on no text and no bytes whatever, save null. It keeps nothing from one document to the next, and may be used from
 * any number of threads.
 */
public final class PolicyParser {
    /** The most bytes that a document may have: 16 MiB. */
    public static final int MAX_BYTES = 16 * 1024 * 1024;

    private static final String UNNAMED = "policy";

    private final List<ArgumentValidatorFactory> validators;

    private PolicyParser(List<ArgumentValidatorFactory> validators) {
        this.validators = validators;
    }

    /** A parser without argument validators: a document with an {@code arguments_schema} is then rejected. */
    public static PolicyParser standard() {
        return new PolicyParser(List.of());
    }

    /** A parser that has each {@code arguments_schema} compiled by the validators that claim it. */
    public static PolicyParser with(ArgumentValidatorFactory... validators) {
        return new PolicyParser(List.of(validators));
    }

    /** Reads a document. */
    public ParseResult parse(String json) {
        requireNonNull(json, "json");
        return parseNamed(UNNAMED, json);
    }

    /** Reads a document from its bytes, which must be UTF-8 without a byte order mark. */
    public ParseResult parse(byte[] utf8) {
        requireNonNull(utf8, "utf8");
        return parse(UNNAMED, utf8);
    }

    /** Reads a document from a file. That it can't be read is a problem like any other. */
    public ParseResult parse(Path file) {
        String name = requireNonNull(file, "file").toString();
        try (InputStream in = Files.newInputStream(file)) {
            // One byte more than is allowed tells a file that is too large from one that is not, whatever size it
            // claims.
            return parse(name, in.readNBytes(MAX_BYTES + 1));
        } catch (IOException | SecurityException e) {
            return FoundProblems.only(name, Unreadable.file(file, e));
        }
    }

    /** Reads a document that problems are to be reported of by this name. */
    ParseResult parse(String name, byte[] utf8) {
        return parse(name, () -> JsonText.read(utf8, MAX_BYTES));
    }

    /** The same, of a text. */
    ParseResult parseNamed(String name, String json) {
        return parse(name, () -> JsonText.read(json, MAX_BYTES));
    }

    private ParseResult parse(String name, Supplier<JsonText> document) {
        try {
            return judged(document.get(), name);
        } catch (OutOfMemoryError e) {
            // The document is within all bounds, and this process has less memory than others.
            Problem problem = Problem.ofAll(
                    Code.TOO_LARGE,
                    "found a document for which there is not enough memory, expected a smaller one",
                    "give the process more memory, or make two policies of this one");
            return FoundProblems.only(name, problem);
        }
    }

    private ParseResult judged(JsonText document, String name) {
        Optional<Located> foreign = ForeignDialect.inText(document);
        if (foreign.isPresent()) return rejected(name, document.text(), List.of(foreign.get()));
        ProblemLog log = new ProblemLog();
        if (!document.readable()) {
            log.addAll(document.faults());
            return rejected(name, document.text(), log.located(document));
        }
        return new PolicyReader(document, log, new SchemaCompiler(validators))
                .read()
                .<ParseResult>map(ParseResult.Parsed::new)
                .orElseGet(() -> rejected(name, document.text(), log.located(document)));
    }

    private static ParseResult rejected(String name, String text, List<Located> located) {
        List<Problem> problems = located.stream().map(Located::problem).toList();
        return new ParseResult.Rejected(new RenderedProblems(problems, Report.of(name, text, located)));
    }
}
