package dev.toolpolicy.examples.gateway.rpc;

import dev.toolpolicy.Identity;
import dev.toolpolicy.ToolGuard;
import dev.toolpolicy.json.Json;
import dev.toolpolicy.json.JsonText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A page of tools without those that its reader may not see: all else stays, the order, the cursor and members we do not know. */
final class ToolList {
    /** A server's list may be larger than anything that we take from a client. */
    private static final int MAX_BYTES = 64 << 20;
    /** How long a client may keep a list, in milliseconds: the policy may change at any time. */
    private static final long LONGEST_LIFE = 10_000;

    private final ToolGuard guard;
    private final KnownTools known;

    ToolList(ToolGuard guard, KnownTools known) {
        this.guard = guard;
        this.known = known;
    }

    /** The page as this reader may see it; empty if it cannot be read beyond doubt, and nobody may have it. */
    Optional<byte[]> shownTo(Identity who, byte[] utf8) {
        JsonText text = JsonText.read(utf8, MAX_BYTES);
        if (!text.sound() || !(text.value() instanceof Map<?, ?> message)) return Optional.empty();
        if (Names.variantInEnvelope(copy(message)).isPresent()) return Optional.empty();
        if (message.containsKey("error") || !(message.get("result") instanceof Map<?, ?> result))
            return Optional.empty();
        return shown(who, result).map(page -> {
            Map<String, @Nullable Object> answer = copy(message);
            answer.put("result", page);
            return Json.canonical(answer).getBytes(StandardCharsets.UTF_8);
        });
    }

    private Optional<Map<String, @Nullable Object>> shown(Identity who, Map<?, ?> result) {
        if (!(result.get("tools") instanceof List<?> tools)) return Optional.empty();
        List<Object> shown = new ArrayList<>();
        for (Object tool : tools) {
            if (!(tool instanceof Map<?, ?> described) || !(described.get("name") instanceof String name)) {
                return Optional.empty();
            }
            known.add(name);
            if (guard.lists(who, name)) shown.add(tool);
        }
        Map<String, @Nullable Object> page = copy(result);
        page.put("tools", shown);
        keepToOneReader(page);
        return Optional.of(page);
    }

    /** What was made for one reader is not for a shared cache, nor for long. */
    private static void keepToOneReader(Map<String, @Nullable Object> page) {
        if (page.containsKey("cacheScope")) page.put("cacheScope", "private");
        if (page.get("ttlMs") instanceof Number life
                && Json.decimal(life).compareTo(BigDecimal.valueOf(LONGEST_LIFE)) > 0) page.put("ttlMs", LONGEST_LIFE);
    }

    @SuppressWarnings("unchecked") // a JSON object has string keys
    private static Map<String, @Nullable Object> copy(Map<?, ?> object) {
        return new LinkedHashMap<>((Map<String, @Nullable Object>) object);
    }
}
