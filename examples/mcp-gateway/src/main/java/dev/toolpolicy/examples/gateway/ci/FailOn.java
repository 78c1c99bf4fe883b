package dev.toolpolicy.examples.gateway.ci;

import dev.toolpolicy.analysis.Finding.Severity;
import java.util.Locale;

/** From which severity on findings make a build fail. */
enum FailOn {
    ERROR,
    WARNING,
    NOTE,
    NEVER;

    boolean includes(Severity severity) {
        return switch (this) {
            case ERROR -> severity == Severity.ERROR;
            case WARNING -> severity != Severity.NOTE;
            case NOTE -> true;
            case NEVER -> false;
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
