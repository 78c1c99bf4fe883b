package dev.toolpolicy.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.document.ParseResult.Parsed;
import dev.toolpolicy.document.ParseResult.Rejected;
import dev.toolpolicy.document.Problem.Code;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The schema that editors use, and the parser: what the schema rejects the parser rejects. The parser rejects more, for a schema
 * cannot see that two patterns tie, or that a regular expression does not compile.
 */
class PolicySchemaTest {
    private static final String DRAFT_7 = "http://json-schema.org/draft-07/schema#";

    /** Numbers keep their value, and what could be read in two ways is not read. */
    private static final JsonMapper EXACT = JsonMapper.builder(JsonFactory.builder()
                    // A policy may hold numbers of 1000 digits, and the point and the exponent count too.
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNumberLength(1100)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(
            Dialects.getDraft7(),
            // 1.0 is an integer, as draft 7 and the parser have it.
            builder -> builder.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().losslessNarrowing(true).build()));

    private static final JsonNode TEXT = schemaText();
    private static final Schema SCHEMA = REGISTRY.getSchema(TEXT);
    private static final PolicyParser STANDARD = PolicyParser.standard();
    private static final List<Document> POLICIES = documents("policies");
    private static final List<Document> PROBLEMS = documents("problems");

    /** The keys of a condition, which a rule takes too if it has one only. */
    private static final String CONDITION = " path op value value_from if_missing any_of all_of not";

    private static final String LIMIT = "id description counter window max scope decimals when on_limit";

    /** Every kind of object in a policy: where the schema describes it, where one stands, and the keys it takes. */
    private static final List<Place> PLACES = List.of(
            new Place("", "", "%s", "$schema version description default hide tools all_tools groups"),
            new Place(
                    "/definitions/tool",
                    "/tools/t",
                    "{'tools': {'t': %s}}",
                    "description action reason require deny_if require_approval_if arguments_schema limits rate_limit"),
            new Place(
                    "/definitions/allTools",
                    "/all_tools",
                    "{'all_tools': %s}",
                    "require deny_if require_approval_if limits"),
            new Place(
                    "/definitions/group",
                    "/groups/0",
                    "{'groups': [%s]}",
                    "description tools require deny_if require_approval_if limits"),
            new Place(
                    "/definitions/requireRule",
                    "/all_tools/require/0",
                    "{'all_tools': {'require': [%s]}}",
                    "id description conditions on_deny" + CONDITION),
            new Place(
                    "/definitions/denyRule",
                    "/all_tools/deny_if/0",
                    "{'all_tools': {'deny_if': [%s]}}",
                    "id description conditions on_deny" + CONDITION),
            new Place(
                    "/definitions/approvalRule",
                    "/all_tools/require_approval_if/0",
                    "{'all_tools': {'require_approval_if': [%s]}}",
                    "id description conditions reason" + CONDITION),
            new Place(
                    "/definitions/condition",
                    "/all_tools/require/0/not",
                    "{'all_tools': {'require': [{'not': %s}]}}",
                    CONDITION.strip()),
            new Place(
                    "/definitions/limit",
                    "/tools/t/limits/0",
                    "{'tools': {'t': {'limits': [%s]}}}",
                    LIMIT + " amount amount_if_missing"),
            new Place("/definitions/sharedLimit", "/all_tools/limits/0", "{'all_tools': {'limits': [%s]}}", LIMIT),
            new Place(
                    "/definitions/rateLimit",
                    "/tools/t/rate_limit",
                    "{'tools': {'t': {'rate_limit': %s}}}",
                    "max window scope"));

    /** What is wrong with one object by itself, where a schema can see it. */
    private static final Set<Code> OF_SHAPE = Set.of(
            Code.UNKNOWN_VERSION,
            Code.MISSING_KEY,
            Code.UNKNOWN_KEY,
            Code.WRONG_TYPE,
            Code.EMPTY_LIST,
            Code.CONFLICTING_KEYS,
            Code.NEVER_MATTERS,
            Code.BAD_TOOL_NAME,
            Code.BAD_ID,
            Code.UNKNOWN_OPERATOR,
            Code.ALLOW_LIST_ONLY,
            Code.BAD_WINDOW,
            Code.BAD_SCOPE);

    @Test
    void theSchemaIsASchemaOfDraft7() {
        Schema ofSchemas = REGISTRY.getSchema(SchemaLocation.of(DRAFT_7));
        assertThat(TEXT.path("$schema").textValue()).isEqualTo(DRAFT_7);
        assertThat(ofSchemas.validate(TEXT)).isEmpty();
        assertThat(ofSchemas.validate(json("{'properties': {'version': {'type': 'text'}}}")))
                .as("a type that there is not")
                .isNotEmpty();
    }

    @Test
    void whatTheSchemaRejectsTheParserRejects() {
        for (Document document : all()) {
            if (document.result() instanceof Rejected) continue;
            assertThat(document.json()).as(document.name()).isPresent();
            assertThat(SCHEMA.validate(document.json().get()))
                    .as(document.name())
                    .isEmpty();
        }
        // Else there was nothing to be seen above.
        assertThat(POLICIES)
                .hasSizeGreaterThan(80)
                .allSatisfy(policy -> assertThat(policy.result()).isInstanceOf(Parsed.class));
    }

    /** What is put in stands somewhere in the corpus under the same key, so that about every second change gives a policy. */
    @Test
    void whatTheSchemaRejectsTheParserRejectsInChangedPoliciesToo() {
        Map<String, List<JsonNode>> values = new TreeMap<>();
        for (Document document : all()) document.json().ifPresent(json -> collectValues(json, values));
        SplittableRandom random = new SplittableRandom(1);
        int accepted = 0;
        for (Document policy : POLICIES) {
            // The validator of the tests reads the first level of a schema only, our schema all of it.
            if (policy.name().startsWith("validator-") || policy.isLarge()) continue;
            for (int i = 0; i < 15; i++) {
                JsonNode changed = policy.json().orElseThrow().deepCopy();
                change(objects(changed), values, random);
                if (STANDARD.parse(changed.toString()) instanceof Rejected) continue;
                accepted++;
                assertThat(SCHEMA.validate(changed)).as("%s", changed).isEmpty();
            }
        }
        assertThat(accepted).isGreaterThan(400);
    }

    @Test
    void theSchemaRejectsWhateverIsOutOfShape() {
        for (Document problem : PROBLEMS) {
            if (problem.json().isEmpty() || !(problem.result() instanceof Rejected rejected)) continue;
            List<Code> codes = rejected.problems().stream()
                    .map(Problem::code)
                    .filter(OF_SHAPE::contains)
                    .toList();
            if (codes.isEmpty()) continue;
            assertThat(SCHEMA.validate(problem.json().get()))
                    .as("%s: %s", problem.name(), codes)
                    .isNotEmpty();
        }
    }

    @Test
    void theSchemaRejectsMostOfWhatTheParserRejects() {
        List<JsonNode> read =
                PROBLEMS.stream().flatMap(problem -> problem.json().stream()).toList();
        assertThat(read).as("problems that are JSON").hasSizeGreaterThan(650);
        assertThat(read.stream().filter(json -> !SCHEMA.validate(json).isEmpty()))
                .hasSizeGreaterThan(550);
    }

    @Test
    void theSchemaAcceptsWhatAPolicyPrints() throws IOException {
        for (Document document : POLICIES) {
            String printed = document.result().orThrow().toJson();
            assertThat(SCHEMA.validate(EXACT.readTree(printed)))
                    .as("%s: %s", document.name(), printed)
                    .isEmpty();
        }
    }

    @Test
    void theSchemaAndTheParserKnowTheSameKeys() {
        Set<String> everyKey = new TreeSet<>();
        for (Place place : PLACES) everyKey.addAll(place.keys());
        for (Place place : PLACES) {
            Set<String> known = new TreeSet<>(everyKey);
            known.removeIf(place::parserRefuses);
            assertThat(known).as("the parser at %s", place.pointer()).isEqualTo(place.keys());
            assertThat(names(TEXT.at(place.inSchema()).path("properties")))
                    .as("the schema at %s", place.inSchema())
                    .isEqualTo(place.keys());
        }
    }

    @Test
    void noKindOfObjectIsLeftOutOfThatComparison() {
        // What an argument schema may hold is the business of the validators.
        Set<String> compared = new TreeSet<>(Set.of("/definitions/schema"));
        for (Place place : PLACES) compared.add(place.inSchema());
        Set<String> closed = new TreeSet<>();
        walk("", TEXT, (at, schema) -> {
            if (isClosed(schema)) closed.add(at);
        });
        assertThat(closed).isEqualTo(compared);
    }

    @Test
    void everyKeyIsDescribed() {
        List<String> without = new ArrayList<>();
        walk("", TEXT, (at, schema) -> {
            if (!isClosed(schema)) return;
            schema.path("properties").properties().forEach(key -> {
                if (description(key.getValue()).isBlank()) without.add(at + "/" + key.getKey());
            });
        });
        assertThat(without).isEmpty();
    }

    @Test
    void whatTheSchemaSaysOfKeysIsSaidOfKeysThatThereAre() {
        Set<String> known = new TreeSet<>();
        walk("", TEXT, (at, schema) -> {
            if (isClosed(schema)) known.addAll(names(schema.path("properties")));
        });
        walk("", TEXT, (at, schema) -> {
            Set<String> spokenOf = new TreeSet<>(names(schema.path("properties")));
            spokenOf.addAll(names(schema.path("dependencies")));
            schema.path("dependencies").forEach(keys -> spokenOf.addAll(texts(keys)));
            spokenOf.addAll(texts(schema.path("required")));
            assertThat(known).as(at).containsAll(spokenOf);
        });
    }

    @Test
    void theSchemaKnowsEveryOperatorAndWhereItMayStand() {
        List<String> anywhere = new ArrayList<>();
        List<String> allowListOnly = new ArrayList<>();
        for (Operator operator : Operator.values()) {
            (operator.allowListOnly() ? allowListOnly : anywhere).add(operator.word());
            JsonNode looksUp =
                    json("{'version': '1', 'default': 'deny', 'all_tools': {'require': [{'path': 'args.a', 'op': '"
                            + operator.word() + "', 'value_from': 'args.b'}]}}");
            assertThat(SCHEMA.validate(looksUp).isEmpty())
                    .as("%s takes value_from", operator)
                    .isEqualTo(operator.takesValueFrom());
        }
        assertThat(texts(TEXT.at("/definitions/opAnywhere/enum"))).hasSameElementsAs(anywhere);
        assertThat(texts(TEXT.at("/definitions/opOfAllowLists/enum"))).hasSameElementsAs(allowListOnly);
    }

    private static void collectValues(JsonNode node, Map<String, List<JsonNode>> values) {
        node.properties()
                .forEach(member -> values.computeIfAbsent(member.getKey(), key -> new ArrayList<>())
                        .add(member.getValue()));
        node.forEach(child -> collectValues(child, values));
    }

    private static List<ObjectNode> objects(JsonNode node) {
        List<ObjectNode> objects = new ArrayList<>();
        if (node instanceof ObjectNode object) objects.add(object);
        node.forEach(child -> objects.addAll(objects(child)));
        return objects;
    }

    /** Takes a member out of one of the objects, gives it another value, or puts one in. */
    private static void change(List<ObjectNode> objects, Map<String, List<JsonNode>> values, SplittableRandom random) {
        ObjectNode object = pick(objects, random);
        boolean another = object.isEmpty() || random.nextInt(4) == 0;
        String key = pick(List.copyOf(another ? values.keySet() : names(object)), random);
        if (!another && random.nextInt(4) == 0) object.remove(key);
        else object.set(key, pick(values.get(key), random));
    }

    private static <T> T pick(List<T> list, SplittableRandom random) {
        return list.get(random.nextInt(list.size()));
    }

    private static boolean isClosed(JsonNode schema) {
        return schema.has("properties") && schema.path("additionalProperties").equals(json("false"));
    }

    /** The description that stands there, or behind the reference that stands there. */
    private static String description(JsonNode schema) {
        if (!schema.has("$ref")) return schema.path("description").asText();
        return description(TEXT.at(schema.path("$ref").textValue().substring(1)));
    }

    /** The schema and all below it, each with its JSON Pointer. */
    private static void walk(String at, JsonNode schema, BiConsumer<String, JsonNode> visit) {
        visit.accept(at, schema);
        for (Map.Entry<String, JsonNode> word : schema.properties()) {
            String below = at + "/" + word.getKey();
            switch (word.getKey()) {
                case "properties", "definitions", "dependencies" ->
                    word.getValue()
                            .properties()
                            .forEach(named -> walk(below + "/" + named.getKey(), named.getValue(), visit));
                case "allOf", "anyOf" -> word.getValue().forEach(part -> walk(below, part, visit));
                case "not", "if", "then", "else", "items", "additionalProperties", "propertyNames" ->
                    walk(below, word.getValue(), visit);
                default -> {}
            }
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        if (list.isArray()) list.forEach(element -> texts.add(element.textValue()));
        return texts;
    }

    /** JSON that is written here, where single quotes are easier to read. */
    private static JsonNode json(String singleQuoted) {
        try {
            return EXACT.readTree(singleQuoted.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode schemaText() {
        try (InputStream in = PolicyParser.class.getResourceAsStream("policy.schema.json")) {
            return EXACT.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Document> all() {
        return Stream.concat(POLICIES.stream(), PROBLEMS.stream()).toList();
    }

    private static List<Document> documents(String folder) {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources", folder))) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .map(Document::read)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file of the corpus, what became of it, and its JSON, if it is JSON that can be read in one way only. */
    private record Document(String name, ParseResult result, Optional<JsonNode> json) {
        static Document read(Path file) {
            String name = file.getFileName().toString();
            try {
                byte[] bytes = Files.readAllBytes(file);
                return new Document(name, FourWords.parserFor(name).parse(bytes), readJson(bytes));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static Optional<JsonNode> readJson(byte[] bytes) {
            try {
                // Decoded here, and strictly: Jackson would take UTF-16 as well.
                String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                return Optional.of(EXACT.readTree(text)).filter(json -> !json.isMissingNode());
            } catch (IOException | NumberFormatException e) {
                // The second for an exponent that is too large even for a BigDecimal.
                return Optional.empty();
            }
        }

        boolean isLarge() {
            return json.orElseThrow().toString().length() > 6_000;
        }
    }

    /**
     * One kind of object in a policy.
     *
     * @param inSchema where the schema describes it
     * @param pointer where one stands in the document
     * @param document a document with one, to be put in
     * @param keys the keys it takes
     */
    private record Place(String inSchema, String pointer, String document, Set<String> keys) {
        Place(String inSchema, String pointer, String document, String keys) {
            this(inSchema, pointer, document, new TreeSet<>(Arrays.asList(keys.split(" ", -1))));
        }

        /** Whether the parser does not know the key there. */
        boolean parserRefuses(String key) {
            ParseResult result = STANDARD.parse(document.replace('\'', '"').formatted("{\"" + key + "\": null}"));
            String at = pointer + "/" + key;
            return result instanceof Rejected rejected
                    && rejected.problems().stream()
                            .anyMatch(p ->
                                    p.code() == Code.UNKNOWN_KEY && p.pointer().equals(at));
        }
    }
}
