package dev.toolpolicy.bucket4j;

import dev.toolpolicy.spi.Charge;

/** Which counter: three texts, kept apart, so that whatever they hold no two counters become one. */
record CounterId(String namespace, String counter, String caller) implements Comparable<CounterId> {
    static CounterId of(Charge charge) {
        return new CounterId(charge.namespace(), charge.counter(), charge.caller());
    }

    /** Of the two texts that differ: namespaces are few. */
    @Override
    public int hashCode() {
        return 31 * counter.hashCode() + caller.hashCode();
    }

    /** The order in which counters are locked. */
    @Override
    public int compareTo(CounterId other) {
        int order = counter.compareTo(other.counter);
        if (order == 0) order = caller.compareTo(other.caller);
        return order != 0 ? order : namespace.compareTo(other.namespace);
    }
}
