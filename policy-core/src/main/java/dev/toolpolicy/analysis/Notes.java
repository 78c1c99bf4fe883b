package dev.toolpolicy.analysis;

import dev.toolpolicy.document.PolicyDocument;
import dev.toolpolicy.document.PolicyDocument.Position;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what the checks find; where it stands in the text is looked up once, for all of it. */
final class Notes {
    private final Set<Note> notes = new LinkedHashSet<>();

    /** Something found at a place. */
    void add(Finding.Code code, String pointer, String message, String hint) {
        notes.add(new Note(code, pointer, message, hint));
    }

    /** All of it with its place, in the order of the document. */
    List<Finding> findings(PolicyDocument document) {
        Map<String, Position> positions =
                document.positions(notes.stream().map(Note::pointer).distinct().toList());
        List<Finding> findings = new ArrayList<>();
        for (Note note : notes) {
            Position at = positions.getOrDefault(note.pointer, new Position(0, 1, 1));
            findings.add(new Finding(note.code, note.pointer, at.line(), at.column(), note.message, note.hint));
        }
        return findings.stream().sorted().toList();
    }

    private record Note(Finding.Code code, String pointer, String message, String hint) {}
}
