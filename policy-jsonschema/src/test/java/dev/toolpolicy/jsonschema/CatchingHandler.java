package dev.toolpolicy.jsonschema;

import java.io.IOException;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.Queue;

/** Opens no address, and remembers which were to be opened. */
final class CatchingHandler extends URLStreamHandler {
    private final Queue<String> opened;

    CatchingHandler(Queue<String> opened) {
        this.opened = opened;
    }

    @Override
    protected URLConnection openConnection(URL url) throws IOException {
        opened.add(url.toString());
        throw new IOException("no address is opened here");
    }
}
