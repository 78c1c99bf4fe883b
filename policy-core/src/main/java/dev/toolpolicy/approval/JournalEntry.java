package dev.toolpolicy.approval;

import dev.toolpolicy.approval.AskedQuestion.State;
import dev.toolpolicy.spi.ApprovalEvent;
import dev.toolpolicy.spi.ApprovalEvent.Kind;
import dev.toolpolicy.spi.Asker;
import dev.toolpolicy.spi.Question;
import dev.toolpolicy.spi.Question.Asking;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How a change of one question is written down, and what it does to what is known. */
final class JournalEntry {
    private JournalEntry() {}

    static byte[] of(ApprovalEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            text(out, event.kind().name());
            text(out, event.id());
            instant(out, event.time());
            instant(out, event.lapses());
            text(out, event.who());
            text(out, event.why());
            // The question is known from then on.
            if (event.kind() == Kind.ASKED) question(out, event.question());
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail", e);
        }
        return bytes.toByteArray();
    }

    /** The changes that lead to an entry as it stands: one, or that and another. */
    static List<byte[]> leadingTo(Entry entry) {
        List<byte[]> changes = new ArrayList<>();
        AskedQuestion shown = entry.shown();
        changes.add(of(new ApprovalEvent(
                Kind.ASKED, shown.asked(), shown.id(), shown.question(), entry.firstLapses(), "", "")));
        Kind kind = switch (shown.state()) {
            case PENDING -> Kind.ASKED;
            case APPROVED -> Kind.APPROVED;
            case REJECTED -> Kind.REJECTED;
            case USED -> Kind.USED;
            case LAPSED -> Kind.LAPSED;
        };
        if (kind != Kind.ASKED) {
            changes.add(of(new ApprovalEvent(
                    kind, entry.since(), shown.id(), shown.question(), shown.lapses(), shown.who(), shown.why())));
        }
        return changes;
    }

    /** Makes a change that was written down. */
    static void replay(byte[] change, Map<String, Entry> known) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(change));
        // Of no known kind is an IllegalArgumentException, which is damage like any other.
        Kind kind = Kind.valueOf(text(in));
        String id = text(in);
        Instant time = instant(in);
        Instant lapses = instant(in);
        String who = text(in);
        String why = text(in);
        if (kind == Kind.ASKED) {
            known.put(id, new Entry(id, question(in), time, lapses));
            return;
        }
        Entry entry = known.get(id);
        // Of a question that was forgotten before; it cannot come back.
        if (entry == null) return;
        switch (kind) {
            case APPROVED -> entry.answered(State.APPROVED, who, why, time, lapses);
            case REJECTED -> entry.answered(State.REJECTED, who, why, time, lapses);
            case USED -> entry.closed(State.USED, who, why, lapses);
            case LAPSED -> entry.closed(State.LAPSED, who, why, lapses);
            default -> throw new IOException("a question is asked once");
        }
    }

    private static void question(DataOutputStream out, Question question) throws IOException {
        text(out, question.key());
        text(out, question.namespace());
        text(out, question.asker().grant());
        out.writeBoolean(question.asker().session().isPresent());
        text(out, question.asker().session().orElse(""));
        out.writeInt(question.asker().attributes().size());
        for (Map.Entry<String, Object> attribute : question.asker().attributes().entrySet()) {
            text(out, attribute.getKey());
            attribute(out, attribute.getValue());
        }
        text(out, question.tool());
        text(out, question.argumentsJson());
        out.writeInt(question.rules().size());
        for (Asking asking : question.rules()) {
            text(out, asking.rule());
            text(out, asking.text());
        }
    }

    private static Question question(DataInputStream in) throws IOException {
        String key = text(in);
        String namespace = text(in);
        String grant = text(in);
        boolean hasSession = in.readBoolean();
        String session = text(in);
        Map<String, Object> attributes = new LinkedHashMap<>();
        for (int left = in.readInt(); left > 0; left--) attributes.put(text(in), attribute(in));
        Asker asker = new Asker(grant, hasSession ? Optional.of(session) : Optional.empty(), attributes);
        String tool = text(in);
        String arguments = text(in);
        List<Asking> rules = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) rules.add(new Asking(text(in), text(in)));
        return new Question(key, namespace, asker, tool, arguments, rules);
    }

    /** A text, or several. */
    private static void attribute(DataOutputStream out, Object value) throws IOException {
        out.writeBoolean(value instanceof List<?>);
        if (!(value instanceof List<?> values)) {
            text(out, (String) value);
            return;
        }
        out.writeInt(values.size());
        for (Object one : values) text(out, (String) one);
    }

    private static Object attribute(DataInputStream in) throws IOException {
        if (!in.readBoolean()) return text(in);
        List<String> values = new ArrayList<>();
        for (int left = in.readInt(); left > 0; left--) values.add(text(in));
        return List.copyOf(values);
    }

    private static void instant(DataOutputStream out, Instant instant) throws IOException {
        out.writeLong(instant.getEpochSecond());
        out.writeInt(instant.getNano());
    }

    private static Instant instant(DataInputStream in) throws IOException {
        return Instant.ofEpochSecond(in.readLong(), in.readInt());
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) throw new IOException("a text that is longer than what holds it");
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }
}
