package dev.toolpolicy.examples.gateway.approvals;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as a person reads them, by the clock of this machine, for it is the person's. */
final class ShownTime {
    private final DateTimeFormatter format;

    ShownTime(ZoneId zone) {
        this.format = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ROOT)
                .withZone(zone);
    }

    String of(Instant instant) {
        return format.format(instant);
    }
}
