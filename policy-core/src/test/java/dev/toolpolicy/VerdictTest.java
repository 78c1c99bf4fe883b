package dev.toolpolicy;

import static dev.toolpolicy.Verdict.FALSE;
import static dev.toolpolicy.Verdict.MISSING;
import static dev.toolpolicy.Verdict.TRUE;
import static dev.toolpolicy.Verdict.UNDECIDABLE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What conditions say together, in full: the tables of SPEC §2, written out. */
final class VerdictTest {
    private static final Map<Character, Verdict> LETTERS =
            Map.of('T', TRUE, 'F', FALSE, 'U', UNDECIDABLE, 'M', MISSING);

    /** In the order of TFUM; a row for each first one. */
    private static final String AND = "TFUM FFFF UFUU MFUM";

    private static final String OR = "TTTT TFUM TUUU TMUM";

    /** A verdict, of two that were combined. */
    private record Entry(Verdict one, Verdict other, Verdict both) {}

    private static List<Entry> table(String rows) {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (int j = 0; j < 4; j++) {
                entries.add(new Entry(
                        LETTERS.get("TFUM".charAt(i)),
                        LETTERS.get("TFUM".charAt(j)),
                        LETTERS.get(rows.charAt(5 * i + j))));
            }
        }
        return entries;
    }

    @Test
    void notTurnsTrueAndFalseAroundAndLeavesTheOthers() {
        assertThat(List.of(TRUE.not(), FALSE.not(), UNDECIDABLE.not(), MISSING.not()))
                .isEqualTo(List.of(FALSE, TRUE, UNDECIDABLE, MISSING));
    }

    @Test
    void bothAreFalseIfEitherIs() {
        for (Entry entry : table(AND)) {
            assertThat(entry.one.and(entry.other)).as("%s", entry).isEqualTo(entry.both);
            assertThat(Stance.LETS_THROUGH.withElement(entry.one, entry.other))
                    .as("%s", entry)
                    .isEqualTo(entry.both);
        }
    }

    @Test
    void eitherIsTrueIfOneIs() {
        for (Entry entry : table(OR)) {
            assertThat(entry.one.or(entry.other)).as("%s", entry).isEqualTo(entry.both);
            assertThat(Stance.STOPS.withElement(entry.one, entry.other))
                    .as("%s", entry)
                    .isEqualTo(entry.both);
        }
    }

    @Test
    void theOrderNeverMattersAndNotTurnsOneIntoTheOther() {
        for (Verdict a : Verdict.values()) {
            assertThat(a.not().not()).isEqualTo(a);
            assertThat(a.and(a)).isEqualTo(a);
            assertThat(a.or(a)).isEqualTo(a);
            for (Verdict b : Verdict.values()) {
                assertThat(a.and(b)).isEqualTo(b.and(a));
                assertThat(a.or(b)).isEqualTo(b.or(a));
                assertThat(a.and(b).not()).isEqualTo(a.not().or(b.not()));
                assertThat(a.or(b).not()).isEqualTo(a.not().and(b.not()));
                for (Verdict c : Verdict.values()) {
                    assertThat(a.and(b).and(c)).isEqualTo(a.and(b.and(c)));
                    assertThat(a.or(b).or(c)).isEqualTo(a.or(b.or(c)));
                }
            }
        }
    }

    /** What makes a doubt safe: replacing it by anything else never opens what it had closed. */
    @Test
    void whatIsInDoubtNeverCombinesToWhatHolds() {
        for (Verdict doubt : List.of(UNDECIDABLE, MISSING)) {
            for (Verdict other : Verdict.values()) {
                assertThat(doubt.and(other)).isNotEqualTo(TRUE);
                assertThat(doubt.or(other)).isNotEqualTo(FALSE);
            }
        }
    }

    @Test
    void aListBeginsWithWhatLeavesItsFirstElementAsItIs() {
        for (Stance stance : Stance.values()) {
            for (Verdict verdict : Verdict.values()) {
                assertThat(stance.withElement(stance.beforeElements(), verdict)).isEqualTo(verdict);
            }
            assertThat(stance.turned()).isNotEqualTo(stance);
            assertThat(stance.turned().turned()).isEqualTo(stance);
        }
    }

    @Test
    void aVerdictOfWhatIsKnownIsTrueOrFalse() {
        assertThat(Verdict.of(true)).isEqualTo(TRUE);
        assertThat(Verdict.of(false)).isEqualTo(FALSE);
    }
}
