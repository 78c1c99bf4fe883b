package dev.toolpolicy.testing;

import dev.toolpolicy.Identity;
import dev.toolpolicy.document.InvalidPolicyException;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.document.Problem.Code;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.JsonText.Place;
import dev.toolpolicy.json.LineIndex;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.testing.CaseReader.Read;
import dev.toolpolicy.testing.Fields.Broken;
import dev.toolpolicy.testing.Fields.Element;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A file of cases: the policy they are for, or one for each grant, and the cases themselves. */
final class CaseFile {
    private static final int MAX_BYTES = 64 * 1024 * 1024;
    private static final int MAX_PROBLEMS = 100;
    private static final List<String> KEYS =
            List.of("$schema", "description", "policy", "policies", "given", "at", "cases");

    private final Path file;
    private final String title;
    private final PolicyParser parser;
    private final JsonText text;
    private final List<Broken> problems = new ArrayList<>();
    /** A policy that several steps name is read once. */
    private final Map<Path, PolicyDocument> known = new HashMap<>();

    private CaseFile(Path file, String title, PolicyParser parser, JsonText text) {
        this.file = file;
        this.title = title;
        this.parser = parser;
        this.text = text;
    }

    /** The cases of a file; {@code title} is what their names begin with. */
    static List<PolicyCase> read(Path file, String title, PolicyParser parser) {
        return new CaseFile(file, title, parser, textOf(file)).cases();
    }

    private static JsonText textOf(Path file) {
        JsonText text;
        // No more than may be read: a file may be larger than the memory.
        try (InputStream in = Files.newInputStream(file)) {
            text = JsonText.read(in.readNBytes(MAX_BYTES + 1), MAX_BYTES);
        } catch (NoSuchFileException e) {
            boolean link = Files.isSymbolicLink(file);
            throw new InvalidCasesException(
                    file + (link ? ": this is a link that leads to no file" : ": there is no such file or folder"));
        } catch (IOException e) {
            throw new InvalidCasesException(file + ": the file cannot be read");
        }
        if (text.sound()) return text;
        StringBuilder report = new StringBuilder();
        LineIndex lines = text.lines();
        for (JsonText.Fault fault : text.faults()) {
            report.append(file + ":" + lines.line(fault.offset()) + ":" + lines.column(fault.offset()) + ": ")
                    .append(fault.message() + "\n  hint: " + fault.hint() + "\n");
        }
        throw new InvalidCasesException(report.toString());
    }

    private List<PolicyCase> cases() {
        List<PolicyCase> cases = new ArrayList<>();
        try {
            readInto(cases);
        } catch (Broken e) {
            problems.add(e);
        }
        if (problems.isEmpty()) return cases;
        throw new InvalidCasesException(report());
    }

    private void readInto(List<PolicyCase> cases) {
        Fields fields = Fields.of(text.value(), Pointer.ROOT, "a file of cases", KEYS);
        fields.text("$schema");
        fields.text("description");
        fields.either("policy", "policies");
        boolean byGrant = fields.has("policies");
        if (!byGrant) fields.require("policy", "name the file of the policy, or write the policy itself");
        String key = byGrant ? "policies" : "policy";
        Served.Policies policies = policies(fields.get(key), fields.at(key), byGrant);
        Supplier<Identity> everybody = CaseReader.who(fields, CaseReader.AGENT);
        Instant begins = beginning(fields);
        CaseReader reader = new CaseReader((json, at) -> policies(json, at, byGrant));
        Map<String, Read> read = new LinkedHashMap<>();
        Map<String, Pointer> places = new HashMap<>();
        for (Element element : fields.elements("cases")) {
            try {
                Read one = reader.read(element, everybody);
                if (read.put(one.name(), one) != null) {
                    throw new Broken(element.at(), "two cases have this name", "give each case a name of its own");
                }
                places.put(one.name(), element.at());
            } catch (Broken e) {
                if (problems.size() < MAX_PROBLEMS) problems.add(e);
            }
        }
        Map<Pointer, Integer> lines = lines(read.values(), places.values());
        for (Read one : read.values()) {
            int line = lines.getOrDefault(places.get(one.name()), 1);
            cases.add(new PolicyCase(file, title, line, one, policies, begins, lines));
        }
    }

    private static Instant beginning(Fields fields) {
        return fields.read(
                        "at",
                        text -> text.startsWith("+")
                                ? Optional.<Instant>empty()
                                : Spans.instant(text, TurnedClock.BEGINNING),
                        "an instant",
                        "write when the cases begin: `2026-01-01T12:00:00Z`")
                .orElse(TurnedClock.BEGINNING);
    }

    /** The lines of all cases and steps, looked up in one pass. */
    private Map<Pointer, Integer> lines(Collection<Read> cases, Collection<Pointer> places) {
        Set<Pointer> pointers = new HashSet<>(places);
        for (Read one : cases) one.steps().forEach(step -> pointers.add(step.at()));
        Map<Pointer, Integer> offsets = new HashMap<>();
        Map<String, Place> found =
                text.places(pointers.stream().map(Pointer::toString).toList());
        for (Pointer pointer : pointers) offsets.put(pointer, offset(found, pointer));
        LineIndex index = text.lines();
        Map<Pointer, Integer> lines = new HashMap<>();
        offsets.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .forEach(entry -> lines.put(entry.getKey(), index.line(entry.getValue())));
        return lines;
    }

    private static int offset(Map<String, Place> places, Pointer pointer) {
        Place place = places.get(pointer.toString());
        return place == null ? 0 : place.key();
    }

    private Served.Policies policies(@Nullable Object json, Pointer at, boolean byGrant) {
        if (!byGrant) return Served.Policies.of(policy(json, at));
        if (!(json instanceof Map<?, ?> grants)) {
            throw new Broken(
                    at,
                    "found " + Json.typeName(json) + ", expected a policy for each grant",
                    "write `{ \"alice\": \"alice.json\" }`");
        }
        Map<String, PolicyDocument> documents = new LinkedHashMap<>();
        grants.forEach((grant, policy) -> documents.put((String) grant, policy(policy, at.member((String) grant))));
        try {
            return Served.Policies.byGrant(documents);
        } catch (RuntimeException e) {
            throw new Broken(
                    at,
                    String.valueOf(e.getMessage()),
                    "a grant is a name, and policies that share a counter must agree on it");
        }
    }

    private PolicyDocument policy(@Nullable Object json, Pointer at) {
        try {
            if (json instanceof String name) return known.computeIfAbsent(besides(name), this::document);
            if (json instanceof Map<?, ?>) return PolicyDocument.of(file.toString(), inPlace(at), parser);
        } catch (InvalidPolicyException e) {
            throw new Broken(
                    at,
                    "this policy is none:\n" + String.valueOf(e.getMessage()).stripTrailing(),
                    hint(e));
        } catch (InvalidPathException e) {
            throw new Broken(at, "this is not the name of a file", "name it as seen from this file");
        }
        String found = "found " + Json.typeName(json) + ", expected a policy";
        throw new Broken(at, found, "name the file of the policy as seen from this file, or write the policy itself");
    }

    private static String hint(InvalidPolicyException e) {
        boolean unread = e.problems().stream().anyMatch(problem -> problem.code() == Code.UNREADABLE_FILE);
        return unread ? "name the file of the policy as seen from this file" : "mend the policy";
    }

    private Path besides(String name) {
        return file.resolveSibling(name).normalize();
    }

    private PolicyDocument document(Path policy) {
        return PolicyDocument.read(policy, parser);
    }

    /** A policy that is written within the cases, with as much space before it as puts it at its own line and column. */
    private String inPlace(Pointer at) {
        String pointer = at.toString();
        int begin = text.places(List.of(pointer))
                .getOrDefault(pointer, new Place(0, 0))
                .value();
        String whole = text.text();
        StringBuilder blank = new StringBuilder();
        whole.codePoints()
                .limit(whole.codePointCount(0, begin))
                .forEach(c -> blank.append(c == '\n' || c == '\r' ? (char) c : ' '));
        return blank + whole.substring(begin, end(whole, begin));
    }

    /** Where the object ends that begins here; the text is known to be sound. */
    private static int end(String json, int begin) {
        int depth = 0;
        boolean quoted = false;
        for (int i = begin; i < json.length(); i++) {
            char c = json.charAt(i);
            if (quoted) {
                if (c == '\\') i++;
                else if (c == '"') quoted = false;
            } else if (c == '"') {
                quoted = true;
            } else if (c == '{') {
                depth++;
            } else if (c == '}' && --depth == 0) {
                return i + 1;
            }
        }
        return json.length();
    }

    private String report() {
        StringBuilder out = new StringBuilder();
        Map<String, Place> places =
                text.places(problems.stream().map(p -> p.at().toString()).toList());
        for (Broken problem : problems) {
            Place place = places.getOrDefault(problem.at().toString(), new Place(0, 0));
            LineIndex lines = text.lines();
            int line = lines.line(place.key());
            out.append(file + ":" + line + ":" + lines.column(place.key()) + at(problem) + ": ")
                    .append(problem.getMessage() + "\n  hint: " + problem.hint() + "\n");
        }
        return out.toString();
    }

    private static String at(Broken problem) {
        String pointer = problem.at().toString();
        return pointer.isEmpty() ? "" : " " + pointer;
    }
}
