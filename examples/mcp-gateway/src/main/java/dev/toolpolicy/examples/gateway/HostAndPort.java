package dev.toolpolicy.examples.gateway;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address to listen on, as {@code 127.0.0.1:8080}. */
record HostAndPort(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }

    /** Reads one from a command line. */
    static final class Converter implements ITypeConverter<HostAndPort> {
        @Override
        public HostAndPort convert(String text) {
            int colon = text.lastIndexOf(':');
            try {
                int port = Integer.parseInt(text.substring(colon + 1));
                if (colon > 0 && port >= 0 && port <= 65_535) return new HostAndPort(text.substring(0, colon), port);
            } catch (NumberFormatException e) {
                // Said below.
            }
            throw new TypeConversionException("expected HOST:PORT, such as 127.0.0.1:8080");
        }
    }
}
