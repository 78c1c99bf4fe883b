package dev.toolpolicy.examples.benchmarks.peers;

/** Who answers. */
public enum Peer {
    /** A map and a lambda. */
    FLOOR,
    /** This library. */
    TOOLPOLICY,
    /** Spring Security's managers behind a map. */
    SPRING_SECURITY,
    /** CEL for Java, a program for each tool. */
    CEL_JAVA,
    /** jCasbin. */
    JCASBIN,
    /** Cedar by its native library. */
    CEDAR_JAVA,
    /** SAPL's decision point in this process. */
    SAPL;

    /** False where what it stands on is not there for this machine. */
    public boolean runsHere() {
        return this != CEDAR_JAVA || CedarJava.loads();
    }

    /** With how many rules it is measured: SAPL reads ten thousand for a minute, and then takes a tenth of a second for a call. */
    public int most() {
        return this == SAPL ? 1_000 : Peers.MOST;
    }

    /**
     * Tells it the rules.
     *
     * @throws IllegalStateException if it does not answer every call as it should
     */
    Engine engine(Rules rules) throws Exception {
        return agreed(told(rules), name());
    }

    private Engine told(Rules rules) throws Exception {
        return switch (this) {
            case FLOOR -> new Floor(rules);
            case TOOLPOLICY -> new Toolpolicy(rules);
            case SPRING_SECURITY -> new SpringSecurity(rules);
            case CEL_JAVA -> new Cel(rules);
            case JCASBIN -> new JCasbin(rules);
            case CEDAR_JAVA -> new CedarJava(rules);
            case SAPL -> new Sapl(rules);
        };
    }

    static Engine agreed(Engine engine, String name) {
        for (int call = 0; call < Rules.CALLS; call++) {
            if (engine.allows(call) != Rules.allows(call)) {
                throw new IllegalStateException(name + " does not agree on call " + call);
            }
        }
        return engine;
    }
}
