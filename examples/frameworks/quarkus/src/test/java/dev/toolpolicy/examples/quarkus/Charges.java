package dev.toolpolicy.examples.quarkus;

import io.quarkiverse.mcp.server.Tool;
import io.quarkiverse.mcp.server.ToolGuardrails;
import io.quarkiverse.mcp.server.ToolInputGuardrail;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.util.concurrent.atomic.AtomicInteger;

/** Tools, most of them guarded. */
@Singleton
public class Charges {
    private final AtomicInteger count = new AtomicInteger();

    // README from here
    @Tool(name = "create_charge", description = "charges an amount")
    @ToolGuardrails(input = PolicyGuardrail.class)
    String create(String currency, BigDecimal amount) {
        count.incrementAndGet();
        return "charged " + amount + " " + currency;
    }
    // README to here

    @Tool(name = "count_charges")
    @ToolGuardrails(input = PolicyGuardrail.class)
    String count() {
        return count.get() + " charges";
    }

    @Tool(name = "refund_charge")
    @ToolGuardrails(input = PolicyGuardrail.class)
    String refund() {
        return "refunded";
    }

    @Tool(name = "delete_charges")
    @ToolGuardrails(input = PolicyGuardrail.class)
    String delete(String because) {
        return "deleted because " + because;
    }

    @Tool(name = "list_secrets")
    @ToolGuardrails(input = PolicyGuardrail.class)
    String secrets() {
        return "all of them";
    }

    /** Quarkus reads fractions as doubles; the library never holds one. */
    @Tool(name = "type_of")
    @ToolGuardrails(input = PolicyGuardrail.class)
    String typeOf(Object value) {
        return value.getClass().getSimpleName();
    }

    @Tool(name = "bare_tool")
    String bare() {
        return "ran bare";
    }

    @Tool(name = "late_tool")
    @ToolGuardrails(input = {PolicyGuardrail.class, Changing.class})
    String late(String currency) {
        return "ran with " + currency;
    }

    /** Changes what was judged. */
    @Singleton
    public static class Changing implements ToolInputGuardrail {
        @Override
        public void apply(ToolInputContext context) {
            context.setArguments(new JsonObject().put("currency", "gbp"));
        }
    }
}
