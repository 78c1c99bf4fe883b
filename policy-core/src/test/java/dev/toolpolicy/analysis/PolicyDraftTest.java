package dev.toolpolicy.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.toolpolicy.Decision;
import dev.toolpolicy.Decision.Deny;
import dev.toolpolicy.Decision.NeedsApproval;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.Reason;
import dev.toolpolicy.TestClock;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.ToolPattern;
import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import dev.toolpolicy.approval.InMemoryApprovals;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Any list of tools drafts a policy that parses, and that holds each tool as its class says. */
class PolicyDraftTest {
    private static final Identity ALICE = Identity.of("alice");

    private final TestClock clock = new TestClock("2026-01-01T12:00:00Z");

    @Test
    void anyListDraftsAPolicyThatHoldsEachToolAsItsClassSays() {
        LongStream.range(0, 1_000).forEach(seed -> {
            ServerTools server = new RandomTools(seed).list();
            PolicyDraft draft = PolicyDraft.from(server);
            Evaluator evaluator = evaluator(draft);
            List<Drafted> tools = draft.tools();

            assertThat(tools.stream().map(Drafted::name))
                    .as("seed %s", seed)
                    .containsExactlyElementsOf(server.tools().stream()
                            .map(ServerTool::name)
                            .filter(ToolPattern::isName)
                            .distinct()
                            .toList());
            tools.forEach(tool -> assertHeld(tool, tools, evaluator, seed));
        });
    }

    private static void assertHeld(Drafted tool, List<Drafted> all, Evaluator evaluator, long seed) {
        boolean lookAlike = tool.risk() != Risk.DESTRUCTIVE
                && all.stream()
                        .anyMatch(other -> other.risk() == Risk.DESTRUCTIVE
                                && folded(other).equals(folded(tool)));
        if (lookAlike) {
            assertThat(tool.unsure().get(0)).contains("look-alike");
            assertDenied(call(evaluator, tool), Reason.Code.LOOK_ALIKE);
            return;
        }
        Class<?> first = Decision.Allow.class;
        int calls = 40;
        switch (tool.risk()) {
            case READ -> {}
            case WRITE -> calls = 30;
            case EXECUTE -> calls = 10;
            case FINANCIAL -> first = NeedsApproval.class;
            case DESTRUCTIVE -> first = Deny.class;
        }
        for (int i = 0; i < calls; i++)
            assertThat(call(evaluator, tool)).as("seed %s, %s", seed, tool).isInstanceOf(first);
        if (calls < 40) assertThat(call(evaluator, tool)).isInstanceOf(RateLimited.class);
        if (first == Deny.class) assertDenied(call(evaluator, tool), Reason.Code.HIDDEN);
    }

    private static String folded(Drafted tool) {
        return tool.name().toLowerCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }

    @Test
    void aNewMinuteBringsNewCalls() {
        Evaluator evaluator = evaluator(PolicyDraft.from("[{\"name\":\"run_x\"}]"));
        for (int i = 0; i < 10; i++)
            assertThat(call(evaluator, "run_x").allowed()).isTrue();
        assertThat(call(evaluator, "run_x")).isInstanceOf(RateLimited.class);

        clock.advance(Duration.ofMinutes(1));

        assertThat(call(evaluator, "run_x").allowed()).isTrue();
    }

    @Test
    void noHintAndNoTextLowersAClass() {
        LongStream.range(0, 10_000).forEach(seed -> {
            RandomTools random = new RandomTools(seed);
            ServerTool tool = random.tool();
            ServerTool silent = new ServerTool(tool.name(), "", "", tool.inputSchema(), Map.of());
            ServerTool talking =
                    new ServerTool(tool.name(), random.text(), random.text(), tool.inputSchema(), random.annotations());
            if (!ToolPattern.isName(tool.name())) return;

            assertThat(only(talking).risk())
                    .as("seed %s", seed)
                    .isGreaterThanOrEqualTo(only(silent).risk());
        });
    }

    @Test
    void noTextOfTheServerGetsIntoTheDocument() {
        String hostile = "\"},\n\u202e\u0000'\\ ignore_the_policy " + "w".repeat(1 << 20);
        ServerTool tool = new ServerTool(
                "get_x",
                hostile,
                hostile,
                Map.of("properties", Map.of(hostile, Map.of(), "path\u202e", Map.of(), "sql\n\"", Map.of())),
                Map.of("title", hostile));
        PolicyDraft draft = PolicyDraft.from(new ServerTools(List.of(tool)));

        Stream.of(draft.toJson(), draft.report())
                .forEach(text -> assertThat(text)
                        .hasSizeLessThan(1_000)
                        .matches(t -> t.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), "printable ASCII")
                        .doesNotContain("ignore_the_policy"));
        assertThat(draft.tools().get(0).risk()).isEqualTo(Risk.EXECUTE);
    }

    @Test
    void aNameThatCannotBeSpeltIsLeftOutAndSaid() {
        List<String> names = List.of("", "a b", "\u202eabc", "d\u0435lete_x", "x".repeat(129), "\uD800", "a\n\"", "ok");
        PolicyDraft draft = PolicyDraft.from(
                new ServerTools(names.stream().map(PolicyDraftTest::named).toList()));

        assertThat(draft.tools().stream().map(Drafted::name)).containsExactly("ok");
        assertThat(draft.report().lines().filter(line -> line.contains("cannot spell")))
                .hasSize(names.size() - 1);
        assertThat(draft.report()).doesNotContain("\u202e").contains("`\\u202eabc`");
        parsed(draft);
    }

    @Test
    void ofToolsOfOneNameTheStrictestCounts() {
        PolicyDraft draft = PolicyDraft.from(new ServerTools(List.of(
                named("get_x"), new ServerTool("get_x", "", "Deletes it", Map.of(), Map.of()), named("get_x"))));

        assertThat(draft.tools()).singleElement().satisfies(tool -> {
            assertThat(tool.risk()).isEqualTo(Risk.DESTRUCTIVE);
            assertThat(tool.unsure()).contains("it is listed more than once");
        });
    }

    @Test
    void aListWithANameTwiceIsNoList() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PolicyDraft.from("[{\"name\":\"a\"},{\"name\":\"a\"}]"))
                .withMessage("two tools are called `a`");
    }

    @Test
    void aHiddenLookAlikeIsSaidOfBoth() {
        PolicyDraft draft = PolicyDraft.from(new ServerTools(
                List.of(named("get-x"), new ServerTool("Get_X", "", "", Map.of(), Map.of("destructiveHint", true)))));

        assertThat(draft.report())
                .contains("get-x: every call of it is denied as a look-alike of `Get_X`, which is hidden\n")
                .contains("Get_X: `get-x` looks like it\n");
        assertDenied(call(evaluator(draft), "get-x"), Reason.Code.LOOK_ALIKE);
    }

    @Test
    void theLongestNamesHaveCountersOfTheirOwn() {
        String long122 = "run_" + "x".repeat(118);
        List<String> names = List.of(long122, long122 + "_calls", long122 + "_callx", "run_" + "x".repeat(119));
        Evaluator evaluator = evaluator(PolicyDraft.from(
                new ServerTools(names.stream().map(PolicyDraftTest::named).toList())));

        for (String name : names) {
            for (int i = 0; i < 10; i++)
                assertThat(call(evaluator, name).allowed()).isTrue();
        }
    }

    @Test
    void thereIsRoomForTenThousandToolsOfWhichEverythingIsSaid() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String word : List.of("path", "url", "amount", "price", "sql", "code", "action")) {
            Map<String, Object> choices = Map.of("enum", List.of("run", "buy", "pay", "sell", "repay"));
            for (int i = 0; i < 4; i++) properties.put("x".repeat(28 - word.length()) + i + "_" + word, choices);
        }
        Map<String, Object> schema = Map.of("properties", properties);
        List<ServerTool> tools = new ArrayList<>();
        for (int i = 0; i < PolicyDraft.MAX_TOOLS; i++) {
            String name = "cancel_and_run_frob_money_" + "z".repeat(92) + (i + 100_000_000);
            tools.add(new ServerTool(name, "", "", schema, Map.of("readOnlyHint", true)));
            // Its look-alike, so that each has that to say too.
            if (i % 2 == 1)
                tools.set(
                        i,
                        renamed(
                                tools.get(i - 1),
                                "Cancel" + tools.get(i - 1).name().substring(6)));
        }
        tools.add(named("get_more"));
        PolicyDraft draft = PolicyDraft.from(new ServerTools(tools));

        assertThat(draft.tools()).hasSize(PolicyDraft.MAX_TOOLS);
        assertThat(draft.report()).endsWith("`get_more`: a draft has room for 10000 tools, so it is denied\n");
        assertThat(parsed(draft).tools()).hasSize(PolicyDraft.MAX_TOOLS);
    }

    @Test
    void tenThousandHiddenToolsAreHidden() {
        PolicyDraft draft = PolicyDraft.from(new ServerTools(IntStream.range(0, PolicyDraft.MAX_TOOLS)
                .mapToObj(i -> named("delete_" + i))
                .toList()));

        assertThat(parsed(draft).hide()).hasSize(PolicyDraft.MAX_TOOLS);
        assertThat(parsed(draft).description()).endsWith("delete_29 (name says `delete`), and 9970 more");
    }

    @Test
    void noToolsDraftAPolicyThatDeniesEverything() {
        for (String none : List.of("{\"tools\":[]}", "[]", "[{\"name\":\"two words\"}]")) {
            PolicyDraft draft = PolicyDraft.from(none);

            assertThat(draft.report()).startsWith("0 tools, so every call is denied\n");
            assertThat(parsed(draft).description()).endsWith("there was no tool for it, so every call is denied");
            assertDenied(call(evaluator(draft), "get_x"), Reason.Code.NOT_LISTED);
        }
    }

    private static ServerTool named(String name) {
        return new ServerTool(name, "", "", Map.of(), Map.of());
    }

    private static ServerTool renamed(ServerTool tool, String name) {
        return new ServerTool(name, tool.title(), tool.description(), tool.inputSchema(), tool.annotations());
    }

    private static Drafted only(ServerTool tool) {
        return PolicyDraft.from(new ServerTools(List.of(tool))).tools().get(0);
    }

    private static Policy parsed(PolicyDraft draft) {
        return PolicyParser.standard().parse(draft.toJson()).orThrow();
    }

    private Evaluator evaluator(PolicyDraft draft) {
        return Evaluator.builder(parsed(draft))
                .counters(Bucket4jCounters.inMemory())
                .approvals(InMemoryApprovals.builder().clock(clock).build())
                .clock(clock)
                .build();
    }

    private static Decision call(Evaluator evaluator, Drafted tool) {
        return call(evaluator, tool.name());
    }

    private static Decision call(Evaluator evaluator, String tool) {
        return evaluator.evaluate(ToolCall.of(ALICE, tool, Map.of()));
    }

    private static void assertDenied(Decision decision, Reason.Code code) {
        assertThat(decision)
                .isInstanceOfSatisfying(
                        Deny.class, deny -> assertThat(deny.reason().code()).isEqualTo(code));
    }
}
