package dev.toolpolicy.document;

import dev.toolpolicy.json.JsonText;
import dev.toolpolicy.json.JsonText.Place;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The order in which nodes stand in the document, which is not the order in which it is judged. All of them are looked up at
 * once when somebody first asks: a good document is not read again, and one with a thousand clashes is read once more.
 */
final class DocumentOrder {
    private final JsonText document;
    private final List<Node> nodes;
    private final Map<Node, Integer> offsets = new HashMap<>();

    /** Sorts these nodes, and no others. */
    DocumentOrder(JsonText document, List<Node> nodes) {
        this.document = document;
        this.nodes = nodes;
    }

    /** The nodes as they stand in the document. */
    List<Node> sorted(List<Node> some) {
        if (offsets.isEmpty()) lookUp();
        return some.stream()
                .sorted(Comparator.comparingInt(node -> offsets.getOrDefault(node, 0)))
                .toList();
    }

    private void lookUp() {
        List<String> pointers = nodes.stream().map(node -> node.at().toString()).toList();
        Map<String, Place> places = document.places(pointers);
        for (int i = 0; i < pointers.size(); i++) {
            offsets.put(
                    nodes.get(i),
                    places.getOrDefault(pointers.get(i), new Place(0, 0)).value());
        }
    }
}
