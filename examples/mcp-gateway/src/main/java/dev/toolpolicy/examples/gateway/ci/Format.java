package dev.toolpolicy.examples.gateway.ci;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How findings are told. */
enum Format {
    /** For people, each with the line it stands in. */
    TEXT {
        @Override
        String of(List<Checked> all) {
            return all.stream().map(Checked::report).collect(Collectors.joining());
        }
    },
    /** For programs. */
    JSON {
        @Override
        String of(List<Checked> all) {
            return CheckJson.of(all) + "\n";
        }
    },
    /** For code review: SARIF 2.1.0. */
    SARIF {
        @Override
        String of(List<Checked> all) {
            return Sarif.of(all) + "\n";
        }
    };

    abstract String of(List<Checked> all);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
