package dev.toolpolicy;

import dev.toolpolicy.spi.ApprovalEvent;
import java.util.ArrayList;
import java.util.List;

/** A listener that keeps all it hears, but for decisions. */
final class Ears implements PolicyListener {
    final List<Object> heard = new ArrayList<>();

    <T> List<T> of(Class<T> type) {
        return heard.stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Override
    public void decided(Decided decided) {}

    @Override
    public void malformed(Malformed malformed) {
        heard.add(malformed);
    }

    @Override
    public void asked(ApprovalEvent asked) {
        heard.add(asked);
    }

    @Override
    public void settled(Settled settled) {
        heard.add(settled);
    }

    @Override
    public void reloaded(Reloaded reloaded) {
        heard.add(reloaded);
    }

    @Override
    public void reloadRejected(ReloadRejected rejected) {
        heard.add(rejected);
    }
}
