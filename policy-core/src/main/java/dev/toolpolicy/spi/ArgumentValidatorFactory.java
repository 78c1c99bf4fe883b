package dev.toolpolicy.spi;

/** Compiles the {@code arguments_schema} of one tool, once, when the policy is parsed. */
@FunctionalInterface
public interface ArgumentValidatorFactory {
    /**
     * Compiles one schema, and reports everything in it that would not be enforced.
     *
     * <p>If anything is reported, there is no policy and what is returned is dropped. Throwing is a fault of the factory, and
     * rejects the document too.
     *
     * @param schema a JSON value as it stands in the document: null, Boolean, String, Long, BigInteger, BigDecimal, List, Map;
     *     unmodifiable
     * @param findings where faults are reported
     * @return what judges the arguments of each call
     */
    ArgumentValidator compile(Object schema, Findings findings);

    /**
     * Whether this factory enforces schemas of this kind; each one that does must be content with a call. A schema that no
     * factory claims is an error of the document.
     */
    default boolean claims(Object schema) {
        return true;
    }
}
