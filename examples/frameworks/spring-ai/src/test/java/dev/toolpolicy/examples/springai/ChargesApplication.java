package dev.toolpolicy.examples.springai;

import dev.toolpolicy.Evaluator;
import dev.toolpolicy.Identity;
import dev.toolpolicy.Policy;
import dev.toolpolicy.PolicySource;
import dev.toolpolicy.bucket4j.Bucket4jCounters;
import dev.toolpolicy.document.PolicyParser;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.security.Principal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.ai.mcp.annotation.McpTool;
import org.springframework.ai.tool.ToolCallback;
import org.springframework.ai.tool.function.FunctionToolCallback;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** A server with annotated tools, and with one that another configuration brings. */
@SpringBootConfiguration
@EnableAutoConfiguration
// README from here
@Import(PolicyConfiguration.class)
public class ChargesApplication {
    @Bean
    Evaluator evaluator(PolicySource policies, InstantSource clock) {
        return Evaluator.builder(policies)
                .counters(Bucket4jCounters.inMemory())
                .clock(clock)
                .build();
    }
    // README to here

    static final String POLICY_IS_BROKEN = "charges.policy-is-broken";

    @Bean
    InstantSource noon() {
        return InstantSource.fixed(Instant.parse("2026-01-01T12:00:00Z"));
    }

    @Bean
    PolicySource policies(Environment environment) {
        if (environment.containsProperty(POLICY_IS_BROKEN)) return ChargesApplication::unreachable;
        return PolicySource.of(PolicyParser.standard()
                .parse(Path.of("src/test/resources/policy.json"))
                .orThrow());
    }

    private static Optional<Policy> unreachable(Identity who) {
        throw new IllegalStateException("the policies cannot be reached");
    }

    /** Stands for what authenticates: of a bearer token it makes the principal whose name that is. */
    @Bean
    Filter authentication() {
        return (request, response, chain) -> {
            String token = ((HttpServletRequest) request).getHeader("Authorization");
            HttpServletRequestWrapper authenticated = new HttpServletRequestWrapper((HttpServletRequest) request) {
                @Override
                public Principal getUserPrincipal() {
                    return token == null ? null : () -> token.substring("Bearer ".length());
                }
            };
            chain.doFilter(authenticated, response);
        };
    }

    @Bean
    Charges charges() {
        return new Charges();
    }

    @Bean
    List<SyncToolSpecification> toolsOfSomebodyElse() {
        return List.of(tool("list_secrets"), tool("delete_account"), tool("count_accounts"));
    }

    @Bean
    ToolCallback callbackOfSomebodyElse() {
        return FunctionToolCallback.builder("list_owners", () -> "alice and bob")
                .inputType(Void.class)
                .build();
    }

    static SyncToolSpecification tool(String name) {
        return new SyncToolSpecification(
                Tool.builder(name, Map.of("type", "object")).build(),
                (exchange, request) -> CallToolResult.builder()
                        .addTextContent(name + " ran with " + types(request.arguments()))
                        .build());
    }

    /** An SDK reads fractions as doubles; the library never holds one. */
    private static List<String> types(Map<String, Object> arguments) {
        return arguments.values().stream()
                .map(value -> value.getClass().getSimpleName())
                .toList();
    }

    /** Annotated tools. */
    public static class Charges {
        private final AtomicInteger count = new AtomicInteger();

        @McpTool(name = "create_charge")
        public String create(String currency, BigDecimal amount) {
            count.incrementAndGet();
            return "charged " + amount + " " + currency;
        }

        @McpTool(name = "count_charges")
        public String count() {
            return count.get() + " charges";
        }

        @McpTool(name = "refund_charge")
        public String refund(String charge) {
            return "refunded " + charge;
        }

        @McpTool(name = "delete_charges")
        public String delete(String because) {
            return "deleted because " + because;
        }
    }
}
