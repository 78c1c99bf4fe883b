package dev.toolpolicy;

import static dev.toolpolicy.Models.HOST;
import static dev.toolpolicy.Models.LIMIT;
import static dev.toolpolicy.Models.WITHIN;
import static dev.toolpolicy.Models.YES;
import static dev.toolpolicy.Models.arg;
import static dev.toolpolicy.Models.asking;
import static dev.toolpolicy.Models.counter;
import static dev.toolpolicy.Models.denying;
import static dev.toolpolicy.Models.limit;
import static dev.toolpolicy.Models.limiting;
import static dev.toolpolicy.Models.path;
import static dev.toolpolicy.Models.policy;
import static dev.toolpolicy.Models.requiring;
import static dev.toolpolicy.Models.schema;
import static dev.toolpolicy.Models.steps;
import static dev.toolpolicy.Models.test;
import static dev.toolpolicy.Models.tool;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.toolpolicy.CallPath.Each;
import dev.toolpolicy.CallPath.Index;
import dev.toolpolicy.CallPath.Root;
import dev.toolpolicy.Condition.AllOf;
import dev.toolpolicy.Condition.AnyOf;
import dev.toolpolicy.Condition.IfMissing;
import dev.toolpolicy.Condition.Not;
import dev.toolpolicy.Condition.Operator;
import dev.toolpolicy.Condition.Value;
import dev.toolpolicy.Condition.ValueFrom;
import dev.toolpolicy.Decision.RateLimited;
import dev.toolpolicy.Limit.AmountAt;
import dev.toolpolicy.Limit.AmountAtOr;
import dev.toolpolicy.Limit.Counter;
import dev.toolpolicy.Limit.One;
import dev.toolpolicy.Limit.Scope;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.ArgumentsSchema;
import dev.toolpolicy.Policy.Group;
import dev.toolpolicy.Policy.Rule;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.AuditRecord;
import dev.toolpolicy.spi.Charge;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Taking.Left;
import dev.toolpolicy.spi.Taking.Spent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The model refuses by itself what could not be enforced, whoever builds it. */
class ModelInvariantsTest {
    static Stream<Arguments> possible() {
        return Stream.of(
                make("nothing left, and a nanosecond to wait", () -> left(0, 1)),
                make("all left, and a nanosecond to wait", () -> limited("10.0", 1)),
                make("nothing left of what is spent", () -> limited("0", 1)),
                make("a charge of nothing, and of all", () -> {
                    new Charge("", "c", "g", 1, 1, 0);
                    new Charge("", "c", "g", 1, 1, 1);
                }),
                make("patterns of which one is longer", () -> policy("a*", "a*b")),
                make("patterns that share no name", () -> policy("a*", "b*")),
                make("a name that a pattern matches", () -> policy("a*", "ab")),
                make("path_within in require", () -> requiring(WITHIN, HOST)),
                make("path_within under a not in deny_if", () -> denying(new Not(new AnyOf(List.of(YES, WITHIN))))),
                make("host_in under a not in require_approval_if", () -> asking(new AllOf(List.of(new Not(HOST))))),
                make("host_in under two nots in require", () -> requiring(new Not(new Not(HOST)))),
                make("path_within under a not in when", () -> limiting(limit(new One(), new Not(WITHIN)))),
                make("no conditions in deny_if and require_approval_if", () -> {
                    denying();
                    asking();
                }),
                make("deny with a reason", () -> tool(Action.DENY, "why", Rules.NONE)),
                make("a question with rules", () -> tool(Action.REQUIRE_APPROVAL, "why", denying(YES), LIMIT)),
                make("the largest counter of a second", () -> counter(1, 1_000_000_000, 0)),
                make("the largest counter of all", () -> counter(2_678_400, 2_678_400_000_000_000L, 0)),
                make("the largest counter with decimals", () -> counter(1, 1, 9)),
                make(
                        "an amount that is just admitted",
                        () -> limit(new AmountAtOr(arg("n"), new BigDecimal("9.0001")))),
                make("every element of an attribute", () -> path(Root.IDENTITY, new CallPath.Key("roles"), Each.EACH)),
                make("a path of 64 steps", () -> path(Root.ARGS, steps(64))));
    }

    static Stream<Arguments> impossible() {
        return Stream.of(
                make("patterns that tie", () -> policy("a*b", "x", "*ab")),
                make("path_within in deny_if", () -> denying(WITHIN)),
                make("host_in in require_approval_if", () -> asking(YES, HOST)),
                make("host_in in an any_of in deny_if", () -> denying(new AnyOf(List.of(YES, HOST)))),
                make("path_within under a not in require", () -> requiring(new Not(WITHIN))),
                make(
                        "path_within deep below two nots in deny_if",
                        () -> denying(new Not(new AllOf(List.of(new Not(WITHIN)))))),
                make("host_in in when", () -> limiting(limit(new One(), HOST))),
                make("no conditions in require", Models::requiring),
                make("a group of no tools", () -> new Group("", List.of(), Rules.NONE)),
                make("any_of nothing", () -> new AnyOf(List.of())),
                make("all_of nothing", () -> new AllOf(List.of())),
                make("rules behind deny", () -> tool(Action.DENY, "", denying(YES))),
                make("a limit behind deny", () -> tool(Action.DENY, "", Rules.NONE, LIMIT)),
                make(
                        "a schema behind deny",
                        () -> new Tool("", Action.DENY, "", Rules.NONE, schema(), List.of(), List.of())),
                make("two rate limits", () -> tool(Action.ALLOW, "", Rules.NONE, LIMIT, LIMIT)),
                make(
                        "host_in in the when of a rate limit",
                        () -> tool(Action.ALLOW, "", Rules.NONE, limit(new One(), HOST))),
                make(
                        "a rate limit of an amount",
                        () -> tool(Action.ALLOW, "", Rules.NONE, limit(new AmountAt(arg("n"))))),
                make(
                        "a rate limit of decimals",
                        () -> tool(
                                Action.ALLOW,
                                "",
                                Rules.NONE,
                                new Limit("", "", Models.counter(60, 10, 2), new One(), List.of(), ""))),
                make("a reason for what is allowed", () -> tool(Action.ALLOW, "why", Rules.NONE)),
                make("a schema that nothing enforces", () -> ArgumentsSchema.of(true, List.of())),
                make(
                        "a schema that is no JSON",
                        () -> ArgumentsSchema.of(Map.of("type", Double.NaN), List.of(arguments -> List.of()))),
                make("a value that is no JSON", () -> new Value(new Object())),
                make("half a surrogate pair", () -> new Value(List.of("\uD83D"))),
                make("a value that its operator cannot judge by", () -> test(Operator.LT, "1")),
                make("a pattern that is none", () -> test(Operator.REGEX, "(")),
                make("a folder that is not plain", () -> test(Operator.PATH_WITHIN, "../x")),
                make("value_from of every element", () -> new ValueFrom(path(Root.ARGS, Each.EACH))),
                make(
                        "if_missing beside exists",
                        () -> new Condition.Test(arg("n"), Operator.EXISTS, new Value(true), IfMissing.TRUE)),
                make(
                        "value_from beside regex",
                        () -> new Condition.Test(arg("n"), Operator.REGEX, new ValueFrom(arg("m")), IfMissing.UNSAID)),
                make("a blank counter", () -> new Counter(" ", 60, 1, Scope.GRANT, 0)),
                make("a window of nothing", () -> counter(0, 1, 0)),
                make("a window of more than 31 days", () -> counter(2_678_401, 1, 0)),
                make("a max of nothing", () -> counter(60, 0, 0)),
                make("more than one a nanosecond", () -> counter(1, 1_000_000_001, 0)),
                make("more than one a nanosecond by its decimals", () -> counter(1, 2, 9)),
                make("more than one a nanosecond of 31 days", () -> counter(2_678_400, 2_678_400_000_000_001L, 0)),
                make("fewer than no decimals", () -> counter(60, 1, -1)),
                make("ten decimals", () -> counter(2_678_400, 1, 10)),
                make("an attribute of a grant", () -> new Scope(Scope.Kind.GRANT, "tenant")),
                make("an identity of no attribute", () -> Scope.identity("")),
                make("an amount that is all arguments", () -> new AmountAt(path(Root.ARGS))),
                make("an amount of many", () -> new AmountAt(path(Root.ARGS, new CallPath.Key("a"), Each.EACH))),
                make("an amount of the identity", () -> new AmountAt(path(Root.IDENTITY, new CallPath.Key("a")))),
                make("an amount of nothing that is an argument", () -> new AmountAtOr(path(Root.ARGS), BigDecimal.ONE)),
                make("a negative amount", () -> new AmountAtOr(arg("n"), new BigDecimal("-0.1"))),
                make("an amount that never passes", () -> limit(new AmountAtOr(arg("n"), new BigDecimal("10.0001")))),
                make("a step below the tool", () -> path(Root.TOOL, new CallPath.Key("a"))),
                make("the identity itself", () -> path(Root.IDENTITY)),
                make("an element of the identity", () -> path(Root.IDENTITY, new Index(0))),
                make("an element of the grant", () -> path(Root.IDENTITY, new CallPath.Key("grant"), new Index(0))),
                make("an element of the session", () -> path(Root.IDENTITY, new CallPath.Key("session"), new Index(0))),
                make("every element of the session", () -> path(Root.IDENTITY, new CallPath.Key("session"), Each.EACH)),
                make(
                        "a member of an attribute",
                        () -> path(Root.IDENTITY, new CallPath.Key("a"), new CallPath.Key("b"))),
                make(
                        "three steps into the identity",
                        () -> path(Root.IDENTITY, new CallPath.Key("a"), new Index(0), new Index(0))),
                make("a path of 65 steps", () -> path(Root.ARGS, steps(65))),
                make("a negative index", () -> new Index(-1)),
                make("a charge to no window", () -> new Charge("", "c", "g", 0, 1, 1)),
                make("a charge to a counter of nothing", () -> new Charge("", "c", "g", 60, 0, 0)),
                make("a charge of less than nothing", () -> new Charge("", "c", "g", 60, 1, -1)),
                make("a charge above the max", () -> new Charge("", "c", "g", 60, 1, 2)),
                make("a charge before the first that is spent", () -> new Spent(-1, left(0, 1))),
                make("less than nothing left", () -> left(-1, 1)),
                make("a window that ends now", () -> left(1, 0)),
                make("a window that has ended", () -> left(1, -1)),
                make("less than nothing left of what is spent", () -> limited("-0.1", 1)),
                make("more left than there is", () -> limited("10.1", 1)),
                make("a wait of nothing", () -> limited("1", 0)),
                make("a wait of less than nothing", () -> limited("1", -1)),
                make(
                        "a question that no rule asks",
                        () -> new Question("k", "", new Asker("g", Optional.empty(), Map.of()), "t", "{}", List.of())),
                make("none of the records lost", () -> new AuditRecord.Lost(Instant.EPOCH, 0)));
    }

    private static Left left(long units, long nanos) {
        return new Left(units, 0, Duration.ofNanos(nanos));
    }

    private static RateLimited limited(String remaining, long nanos) {
        return new RateLimited("", "c", BigDecimal.TEN, new BigDecimal(remaining), Duration.ofNanos(nanos), "later");
    }

    private static Arguments make(String what, ThrowingCallable make) {
        return arguments(what, make);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("possible")
    void takes(String what, ThrowingCallable make) throws Throwable {
        make.call();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impossible")
    void refuses(String what, ThrowingCallable make) {
        assertThatIllegalArgumentException().isThrownBy(make).withMessageMatching("(?s).+");
    }

    @Test
    void nullIsRefusedByName() {
        assertThatNullPointerException()
                .isThrownBy(() -> new Rule(null, "", List.of(), ""))
                .withMessage("id");
        assertThatNullPointerException().isThrownBy(() -> new Not(null)).withMessage("condition");
        assertThatNullPointerException()
                .isThrownBy(() -> new Policy("", null, List.of(), Rules.NONE, List.of(), Map.of(), List.of()))
                .withMessage("unlisted");
        assertThatNullPointerException()
                .isThrownBy(() -> new Rules(Collections.singletonList(null), List.of(), List.of(), List.of()));
    }
}
