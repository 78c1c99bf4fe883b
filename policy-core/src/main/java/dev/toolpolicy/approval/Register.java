package dev.toolpolicy.approval;

import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.Question;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything that is known of questions. Guarded by the lock of its desk. */
final class Register {
    /** Of questions that are over so much is remembered, some 8,000 of them, so that who answers one is told what became of it. */
    private static final long MOST_CLOSED_BYTES = 16 << 20;

    /** How many questions wait for an answer, and how much there is to be known of all that are not over. */
    private static final class Load {
        private int waiting;
        private long bytes;
    }

    /** When to look whether an entry is over; it may have been given more time since. */
    private record Due(Instant at, String id) {}

    private final Bounds bounds;
    private final Map<String, Entry> byId = new LinkedHashMap<>();
    private final Map<String, Entry> openByKey = new HashMap<>();
    private final Map<String, Load> loadByGrant = new HashMap<>();
    private final Load load = new Load();
    private final PriorityQueue<Due> due = new PriorityQueue<>(Comparator.comparing(Due::at));
    /** Those that were held when their time was over. */
    private final Set<Entry> passedOver = new HashSet<>();

    private final Deque<Entry> closed = new ArrayDeque<>();
    private long closedBytes;

    Register(Bounds bounds) {
        this.bounds = bounds;
    }

    /** Of these, all that still say something, and of the others the latest. */
    static List<Entry> remembered(Collection<Entry> entries) {
        Register register = new Register(new Bounds(Integer.MAX_VALUE, Integer.MAX_VALUE));
        entries.forEach(register::add);
        return List.copyOf(register.all());
    }

    @Nullable
    Entry find(String id) {
        return byId.get(id);
    }

    /** What says something of this question, if anything does. */
    @Nullable
    Entry open(Question question) {
        return openByKey.get(question.key());
    }

    Collection<Entry> all() {
        return byId.values();
    }

    /** Whether this question can be asked beside those that wait. */
    boolean hasRoomFor(Question question) {
        long bytes = Entry.bytes(question);
        Load ofGrant = loadByGrant.getOrDefault(question.asker().grant(), new Load());
        return load.waiting < bounds.inAll()
                && ofGrant.waiting < bounds.perGrant()
                && load.bytes + bytes <= bounds.bytesInAll()
                // One may be asked, however long it is.
                && (ofGrant.bytes == 0 || ofGrant.bytes + bytes <= bounds.bytesPerGrant());
    }

    void add(Entry entry) {
        byId.put(entry.id(), entry);
        if (!entry.open()) {
            remember(entry);
            return;
        }
        openByKey.put(entry.question().key(), entry);
        due.add(new Due(entry.lapses(), entry.id()));
        count(entry, entry.state() == State.PENDING ? 1 : 0, entry.bytes());
    }

    void answer(Entry entry, State answer, String who, String why, Instant when, Instant until) {
        count(entry, -1, 0);
        entry.answered(answer, who, why, when, until);
        due.add(new Due(entry.lapses(), entry.id()));
    }

    void use(Entry entry) {
        passedOver.remove(entry);
        count(entry, 0, -entry.bytes());
        entry.close(State.USED);
        close(entry);
    }

    void lapse(Entry entry) {
        count(entry, entry.state() == State.PENDING ? -1 : 0, -entry.bytes());
        entry.close(State.LAPSED);
        close(entry);
    }

    /** An entry was let go of: if its time was over meanwhile, it is looked at again. */
    void letGo(Entry entry) {
        entry.hold(false);
        // Not each time: a call that fails may be made as often as an agent likes.
        if (passedOver.remove(entry)) due.add(new Due(entry.lapses(), entry.id()));
    }

    /** How often entries are to be looked at. */
    int due() {
        return due.size();
    }

    /** Those whose time is over because the clock was set back: of all, for they are not due. */
    Collection<Entry> overBefore(Instant now) {
        return byId.values().stream().filter(entry -> entry.over(now)).toList();
    }

    /** Those whose time is over by now; what is held is its holder's to see to. */
    Collection<Entry> over(Instant now) {
        Set<Entry> over = new LinkedHashSet<>();
        for (Due next = due.peek(); next != null && !now.isBefore(next.at()); next = due.peek()) {
            due.remove();
            Entry entry = byId.get(next.id());
            if (entry != null && entry.held()) passedOver.add(entry);
            if (entry != null && entry.over(now)) over.add(entry);
        }
        return over;
    }

    private void close(Entry entry) {
        openByKey.remove(entry.question().key(), entry);
        remember(entry);
    }

    /** The oldest are forgotten. */
    private void remember(Entry entry) {
        closed.add(entry);
        closedBytes += entry.bytes();
        while (closedBytes > MOST_CLOSED_BYTES && closed.size() > 1) {
            Entry oldest = closed.remove();
            closedBytes -= oldest.bytes();
            byId.remove(oldest.id());
        }
    }

    private void count(Entry entry, int waiting, long bytes) {
        Load ofGrant = loadByGrant.computeIfAbsent(entry.grant(), grant -> new Load());
        for (Load counted : List.of(load, ofGrant)) {
            counted.waiting += waiting;
            counted.bytes += bytes;
        }
        if (ofGrant.bytes == 0) loadByGrant.remove(entry.grant());
    }
}
