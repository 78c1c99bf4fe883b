package dev.toolpolicy.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.toolpolicy.Fuzzing;
import dev.toolpolicy.Identity;
import dev.toolpolicy.MalformedCallException;
import dev.toolpolicy.ToolCall;
import dev.toolpolicy.json.JsonText.Kind;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Texts that may be the arguments of a call. */
class ArgumentTextFuzz {
    private static final Identity WHO = Identity.of("g");

    /** What is grammatical all the same, or ends the reading before the grammar is broken. */
    private static final Set<Kind> NOT_OF_THE_GRAMMAR =
            EnumSet.of(Kind.TOO_LARGE, Kind.NOT_UTF8, Kind.BYTE_ORDER_MARK, Kind.TOO_DEEP, Kind.LONE_SURROGATE);

    static Stream<byte[]> suite() {
        return Fuzzing.seeds(() -> Stream.of("must-reject.txt", "must-accept.txt", "either.txt")
                .flatMap(table -> Case.table(table, false).stream())
                .map(Case::bytes)
                .filter(bytes -> bytes.length < 1_000));
    }

    @MethodSource("suite")
    @FuzzTest
    void textIsReadAsTheGrammarHasItAndIsOneValueHoweverItCame(byte[] utf8) {
        JsonText read = Fuzzing.bounded(() -> JsonText.read(utf8, ToolCall.MAX_BYTES));
        if (read.faults().stream().noneMatch(fault -> NOT_OF_THE_GRAMMAR.contains(fault.kind()))) {
            assertThat(read.readable()).as("%s", read.faults()).isEqualTo(new Grammar(new String(utf8, UTF_8)).holds());
        }
        Optional<ToolCall> parsed = Fuzzing.bounded(() -> parsed(new String(utf8, UTF_8)));
        boolean isObject = read.sound() && read.value() instanceof Map;
        // What was no UTF-8 has become other characters, and may be read.
        if (isObject || !has(read, Kind.NOT_UTF8))
            assertThat(parsed.isPresent()).as("%s", read.faults()).isEqualTo(isObject);
        parsed.ifPresent(ArgumentTextFuzz::assertOneValue);
    }

    private static boolean has(JsonText read, Kind kind) {
        return read.faults().stream().anyMatch(fault -> fault.kind() == kind);
    }

    private static Optional<ToolCall> parsed(String text) {
        try {
            return Optional.of(ToolCall.parse(WHO, "t", text));
        } catch (MalformedCallException e) {
            return Optional.empty();
        }
    }

    private static void assertOneValue(ToolCall call) {
        ToolCall printed = ToolCall.parse(WHO, "t", call.argumentsJson());
        ToolCall frozen = ToolCall.of(WHO, "t", call.arguments());
        for (ToolCall same : List.of(printed, frozen)) {
            assertThat(same.arguments()).isEqualTo(call.arguments()).hasSameHashCodeAs(call.arguments());
            assertThat(same.argumentsJson()).isEqualTo(call.argumentsJson());
            assertThat(same.digest()).isEqualTo(call.digest());
        }
    }
}
