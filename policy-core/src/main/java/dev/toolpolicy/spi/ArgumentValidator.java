package dev.toolpolicy.spi;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Judges the arguments of a call by one compiled schema. Pure, and safe to use from any number of threads. */
@FunctionalInterface
public interface ArgumentValidator {
    /**
     * Everything that is wrong with the arguments, in a stable order; empty if nothing is. Throwing denies the call.
     *
     * @param arguments frozen arguments: null, Boolean, String, Long, BigInteger, BigDecimal, List, Map
     */
    List<Violation> validate(Map<String, @Nullable Object> arguments);

    /**
     * About how many bytes this keeps. What the schemas of one document keep is bounded together: short ones may stand for much,
     * such as a regular expression that repeats.
     */
    default long bytes() {
        return 0;
    }
}
