package dev.toolpolicy.examples.policytests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.toolpolicy.Policy;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.analysis.PolicyDraft;
import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import dev.toolpolicy.analysis.PolicyLint;
import dev.toolpolicy.analysis.ServerTools;
import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyParser;
import dev.toolpolicy.testing.PolicyCases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Policies of four public MCP servers, reviewed by hand: held against their cases, their servers' tools, and what a draft makes of these. */
class ServerPoliciesTest {
    private static final Path CASES = Path.of("src/test/resources/servers");
    private static final Path SEEDS = Path.of("src/test/resources/seeds");
    private static final Path POLICIES = Path.of("src/main/resources/servers");

    /** Looked at, and found to do less than a draft fears: two that change nothing, and one that signs nothing. */
    private static final Set<String> MILDER_THAN_DRAFTED = Set.of("zmq_subscribe", "zs_operations", "build_swap");

    @TestFactory
    Stream<DynamicTest> policiesOfServersDecideAsTheirCasesSay() {
        return tests(CASES);
    }

    @TestFactory
    Stream<DynamicTest> documentsOfTheCatalogueDecideAsItsPagesSay() {
        return tests(SEEDS);
    }

    private static Stream<DynamicTest> tests(Path folder) {
        return PolicyCases.in(folder).stream().map(c -> dynamicTest(c.name(), c.source(), c::run));
    }

    @ParameterizedTest
    @ValueSource(strings = {"servers", "seeds"})
    void casesExerciseEveryRule(String folder) {
        PolicyCases.in(Path.of("src/test/resources").resolve(folder)).coverage().requireAtLeast(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp-zmq", "queue-pilot", "trade-router", "zobr-script"})
    void nothingInAPolicyIsThereByMistake(String server) throws IOException {
        PolicyLint lint = PolicyLint.of(policy(server)).against(tools(server));

        assertThat(lint.findings()).as(lint.report()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"mcp-zmq", "queue-pilot", "trade-router", "zobr-script"})
    void everyToolIsDecidedOnAndNoneIsHeldLessThanItsDraftWithoutAReason(String server) throws IOException {
        Policy policy = policy(server).policy();

        assertThat(PolicyDraft.from(tools(server)).tools()).isNotEmpty().allSatisfy(tool -> {
            assertThat(hidden(policy, tool) || entry(policy, tool).isPresent()).isTrue();
            if (!MILDER_THAN_DRAFTED.contains(tool.name())) {
                assertThat(strictness(policy, tool)).isGreaterThanOrEqualTo(needed(tool.risk()));
            }
        });
    }

    /** 0: allowed, 1: so many times, 2: asked about at least at times, or never allowed. */
    private static int strictness(Policy policy, Drafted tool) {
        if (hidden(policy, tool)) return 2;
        if (entry(policy, tool).filter(entry -> entry.action() != Action.ALLOW).isPresent()) return 2;
        if (rules(policy, tool).anyMatch(rules -> !rules.requireApprovalIf().isEmpty())) return 2;
        return rules(policy, tool).anyMatch(rules -> !rules.limits().isEmpty()) ? 1 : 0;
    }

    private static int needed(Risk risk) {
        return switch (risk) {
            case READ -> 0;
            case WRITE, EXECUTE -> 1;
            case FINANCIAL, DESTRUCTIVE -> 2;
        };
    }

    private static boolean hidden(Policy policy, Drafted tool) {
        return policy.hide().stream().anyMatch(pattern -> pattern.matches(tool.name()));
    }

    private static Optional<Tool> entry(Policy policy, Drafted tool) {
        return policy.entryFor(tool.name()).map(policy.tools()::get);
    }

    private static Stream<Rules> rules(Policy policy, Drafted tool) {
        Stream<Rules> groups = policy.groups().stream()
                .filter(group -> group.tools().stream().anyMatch(pattern -> pattern.matches(tool.name())))
                .map(Policy.Group::rules);
        return Stream.concat(entry(policy, tool).map(Tool::rules).stream(), groups);
    }

    private static PolicyDocument policy(String server) {
        return PolicyDocument.read(POLICIES.resolve(server + ".json"), PolicyParser.standard());
    }

    private static ServerTools tools(String server) throws IOException {
        return ServerTools.parse(Files.readString(CASES.resolve(server + ".tools.json")));
    }
}
