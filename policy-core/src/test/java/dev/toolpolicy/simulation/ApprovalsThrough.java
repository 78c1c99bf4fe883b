package dev.toolpolicy.simulation;

import dev.toolpolicy.spi.Approvals;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Standing;
import java.util.Optional;

/** Approvals that are what they should be, but for what a test changes. */
class ApprovalsThrough implements Approvals {
    private final Approvals delegate;

    ApprovalsThrough(Approvals delegate) {
        this.delegate = delegate;
    }

    @Override
    public Standing ask(Question question) {
        return delegate.ask(question);
    }

    @Override
    public Standing look(Question question) {
        return delegate.look(question);
    }

    @Override
    public Optional<Claim> claim(String id) {
        return delegate.claim(id);
    }

    @Override
    public void subscribe(Follower follower) {
        delegate.subscribe(follower);
    }

    @Override
    public void unsubscribe(Follower follower) {
        delegate.unsubscribe(follower);
    }
}
