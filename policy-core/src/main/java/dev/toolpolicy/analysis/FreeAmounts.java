package dev.toolpolicy.analysis;

import dev.toolpolicy.Limit.AmountAtOr;
import dev.toolpolicy.analysis.Finding.Code;

/** Amounts that cost nothing where they are left out, while the server may have a default of its own. */
final class FreeAmounts implements Check {
    @Override
    public void look(Subject subject, Notes notes) {
        subject.limits().forEach(placed -> {
            if (placed.limit().amount() instanceof AmountAtOr or
                    && or.ifMissing().signum() == 0) {
                notes.add(
                        Code.FREE_IF_MISSING,
                        placed.pointer() + "/amount_if_missing",
                        "a call without `" + or.path() + "` costs nothing, so it is never limited",
                        "write what the server takes where it is left out, or remove `amount_if_missing`: such a call is then denied");
            }
        });
    }
}
