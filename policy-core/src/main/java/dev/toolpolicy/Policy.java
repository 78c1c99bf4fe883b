package dev.toolpolicy;

import static java.util.Objects.requireNonNull;

import dev.toolpolicy.json.FrozenJson;
import dev.toolpolicy.spi.ArgumentValidator;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An immutable set of rules: which tools may be called, with which arguments, how often, and what a person must approve.
 *
 * <p>A policy is made by {@code dev.toolpolicy.document.PolicyParser}, which checks far more than is checked here. Two policies
 * are equal if they say the same, whatever the order of keys, the white space and the spelling of numbers in their documents.
 * Where {@code all_tools}, {@code groups} and {@code tools} stand in a document is order of keys too: it tells which of several
 * rules that match is named first, and never what is decided. So is the order of the keys of a tool.
 */
public final class Policy {
    /** As much as is parsed: what is printed can be read again. */
    private static final int MAX_JSON_BYTES = 16 * 1024 * 1024;

    private final String description;
    private final Unlisted unlisted;
    private final List<ToolPattern> hide;
    private final Rules allTools;
    private final List<Group> groups;
    private final Map<ToolPattern, Tool> tools;
    private final String json;
    private final String digest;
    private final CompiledPolicy compiled;

    /**
     * A policy of parts that a parser has checked.
     *
     * @param order in which order the document has its parts: of several rules that match, the first of it is named. Parts that
     *     it leaves out come last
     * @throws IllegalArgumentException if two patterns of {@code tools} tie
     * @throws TooLarge if what it compiles to would not be bounded
     */
    public Policy(
            String description,
            Unlisted unlisted,
            List<ToolPattern> hide,
            Rules allTools,
            List<Group> groups,
            Map<ToolPattern, Tool> tools,
            List<Part> order) {
        this.description = requireNonNull(description, "description");
        this.unlisted = requireNonNull(unlisted, "unlisted");
        this.hide = List.copyOf(hide);
        this.allTools = requireNonNull(allTools, "allTools");
        this.groups = List.copyOf(groups);
        this.tools = Collections.unmodifiableMap(new LinkedHashMap<>(tools));
        List<ToolPattern.Tie> ties = ToolPattern.ties(this.tools.keySet());
        if (!ties.isEmpty()) throw new IllegalArgumentException("patterns tie: " + ties);
        this.json = PolicyJson.print(this);
        if (json.getBytes(StandardCharsets.UTF_8).length > MAX_JSON_BYTES) {
            throw new TooLarge(
                    "found a document of more than 16 MiB in canonical form, expected at most that",
                    "canonical JSON writes `1e20` with all its zeros, and defaults such as `scope` out: leave out what is generated");
        }
        this.digest = Digests.sha256(json);
        this.compiled = CompiledPolicy.of(this, order);
    }

    /** What the policy is for, or {@code ""}. */
    public String description() {
        return description;
    }

    /** What happens to a tool that no entry of {@link #tools()} matches. */
    public Unlisted unlisted() {
        return unlisted;
    }

    /** Tools that are neither listed nor called. */
    public List<ToolPattern> hide() {
        return hide;
    }

    /** What applies to every call in addition. */
    public Rules allTools() {
        return allTools;
    }

    /** What applies to the calls of some tools in addition. */
    public List<Group> groups() {
        return groups;
    }

    /** The entries, one of which governs a call. */
    public Map<ToolPattern, Tool> tools() {
        return tools;
    }

    /** The one entry of {@link #tools()} that governs calls of this tool, hidden or not; empty if that is the default. */
    public Optional<ToolPattern> entryFor(String tool) {
        ToolPattern governs = null;
        for (ToolPattern pattern : tools.keySet()) {
            if (!pattern.matches(tool)) continue;
            if (pattern.exact()) return Optional.of(pattern);
            if (governs == null || pattern.literals() > governs.literals()) governs = pattern;
        }
        return Optional.ofNullable(governs);
    }

    /** The policy as a canonical document: parsing it gives an equal policy. */
    public String toJson() {
        return json;
    }

    /** SHA-256 of {@link #toJson()}, in lower-case hexadecimal digits: the same for every way to write the same policy. */
    public String digest() {
        return digest;
    }

    /** Every limit, wherever it stands. */
    Stream<Limit> limits() {
        Stream<Limit> ofTools = tools.values().stream()
                .flatMap(tool -> Stream.concat(tool.rules().limits().stream(), tool.rateLimit().stream()));
        Stream<Limit> ofGroups = groups.stream().flatMap(group -> group.rules().limits().stream());
        return Stream.of(allTools.limits().stream(), ofGroups, ofTools).flatMap(limits -> limits);
    }

    /** The policy as calls are judged by it. */
    CompiledPolicy compiled() {
        return compiled;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Policy that
                && description.equals(that.description)
                && unlisted == that.unlisted
                && hide.equals(that.hide)
                && allTools.equals(that.allTools)
                && groups.equals(that.groups)
                && tools.equals(that.tools);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    /** A short name of it for messages: the beginning of its digest, and how many tools it lists. */
    @Override
    public String toString() {
        return "Policy[" + digest.substring(0, 12) + ", " + tools.size() + " tools]";
    }

    /** What a policy compiles to has no bound that could be promised; the message says what there is too much of. */
    public static final class TooLarge extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private final String hint;

        TooLarge(String message, String hint) {
            super(message);
            this.hint = hint;
        }

        /** What to do about it. */
        public String hint() {
            return hint;
        }
    }

    /** The parts of a document that hold rules. */
    public enum Part {
        /** For every call. */
        ALL_TOOLS,
        /** For some tools, by patterns. */
        GROUPS,
        /** The entries, one of which governs a call. */
        TOOLS
    }

    /** What happens to a tool that is not listed: the {@code default} of a document. */
    public enum Unlisted {
        /** It may run, unless what applies to every call or to a group of tools stops it, or its name is almost that of an entry. */
        ALLOW,
        /** It is denied. */
        DENY
    }

    /** What a tool's entry does with a call that none of its rules stops. */
    public enum Action {
        /** It may run. */
        ALLOW,
        /** It is denied, whatever its arguments. */
        DENY,
        /** A person is asked, whatever its arguments. */
        REQUIRE_APPROVAL
    }

    /**
     * One rule: its conditions must all hold for it to match.
     *
     * @param id the name that decisions give it, or {@code ""} for its place in the document
     * @param description for people, or {@code ""}
     * @param text what the caller, or who approves, is told; {@code ""} for a text of ours
     */
    public record Rule(String id, String description, List<Condition> conditions, String text) {
        public Rule {
            requireNonNull(id, "id");
            requireNonNull(description, "description");
            conditions = List.copyOf(conditions);
            requireNonNull(text, "text");
        }
    }

    /**
     * What is checked of a call.
     *
     * @param require each must match
     * @param denyIf none may match
     * @param requireApprovalIf a person is asked if one matches
     * @param limits what a call uses up
     */
    public record Rules(List<Rule> require, List<Rule> denyIf, List<Rule> requireApprovalIf, List<Limit> limits) {
        /** Nothing is checked. */
        public static final Rules NONE = new Rules(List.of(), List.of(), List.of(), List.of());

        public Rules {
            require = List.copyOf(require);
            denyIf = List.copyOf(denyIf);
            requireApprovalIf = List.copyOf(requireApprovalIf);
            limits = List.copyOf(limits);
            for (Rule rule : require) {
                if (rule.conditions().isEmpty()) throw new IllegalArgumentException("a rule of require has conditions");
                Stance.LETS_THROUGH.check(rule.conditions());
            }
            for (Rule rule : denyIf) Stance.STOPS.check(rule.conditions());
            for (Rule rule : requireApprovalIf) Stance.STOPS.check(rule.conditions());
            for (Limit limit : limits) Stance.STOPS.check(limit.when());
        }
    }

    /** Rules for every tool that one of the patterns matches. */
    public record Group(String description, List<ToolPattern> tools, Rules rules) {
        public Group {
            requireNonNull(description, "description");
            tools = List.copyOf(tools);
            if (tools.isEmpty()) throw new IllegalArgumentException("a group names at least one tool");
            requireNonNull(rules, "rules");
        }
    }

    /**
     * The rules of one entry of {@code tools}.
     *
     * @param text what is said where {@code action} denies or asks; {@code ""} for a text of ours
     * @param rules what is checked, the limit of {@code rate_limit} aside
     * @param rateLimit the limit that was written as {@code rate_limit}, with no more than that can say; or none
     * @param order the keys in the order in which the document has them: of several rules that match, the first is named. A key
     *     that it leaves out comes last
     */
    public record Tool(
            String description,
            Action action,
            String text,
            Rules rules,
            ArgumentsSchema argumentsSchema,
            List<Limit> rateLimit,
            List<String> order) {
        public Tool {
            requireNonNull(description, "description");
            requireNonNull(action, "action");
            requireNonNull(text, "text");
            requireNonNull(rules, "rules");
            requireNonNull(argumentsSchema, "argumentsSchema");
            rateLimit = List.copyOf(rateLimit);
            order = List.copyOf(order);
            if (rateLimit.size() > 1) throw new IllegalArgumentException("a tool has one rate_limit at most");
            if (!rateLimit.stream().allMatch(Tool::isShorthand))
                throw new IllegalArgumentException("a rate_limit has a window, a max and a scope, and nothing else");
            boolean checks = !rules.equals(Rules.NONE) || argumentsSchema.isPresent() || !rateLimit.isEmpty();
            if (action == Action.DENY && checks)
                throw new IllegalArgumentException("nothing is checked of what is denied");
            if (action == Action.ALLOW && !text.isEmpty())
                throw new IllegalArgumentException("an allowed tool needs no reason");
        }

        private static boolean isShorthand(Limit limit) {
            Limit.Counter counter = limit.counter();
            return counter.decimals() == 0 && limit.equals(new Limit("", "", counter, new Limit.One(), List.of(), ""));
        }

        /** What it says is the same in whatever order. */
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Tool that
                    && description.equals(that.description)
                    && action == that.action
                    && text.equals(that.text)
                    && rules.equals(that.rules)
                    && argumentsSchema.equals(that.argumentsSchema)
                    && rateLimit.equals(that.rateLimit);
        }

        @Override
        public int hashCode() {
            return Objects.hash(description, action, text, rules, argumentsSchema, rateLimit);
        }

        /** Whether the document has this key, and not the other before it. */
        boolean hasFirst(String key, String other) {
            return order.contains(key) && (!order.contains(other) || order.indexOf(key) < order.indexOf(other));
        }
    }

    /** The schema of a tool's arguments, with what checks it. Equal if the schemas are. */
    public static final class ArgumentsSchema {
        /** No schema. */
        public static final ArgumentsSchema NONE = new ArgumentsSchema(null, List.of());

        private final @Nullable Object json;
        private final List<ArgumentValidator> validators;

        private ArgumentsSchema(@Nullable Object json, List<ArgumentValidator> validators) {
            this.json = json;
            this.validators = validators;
        }

        /**
         * A schema and the validators that were compiled from it, all of which must be content.
         *
         * @throws IllegalArgumentException if there is no validator: the schema would not be enforced
         */
        public static ArgumentsSchema of(Object json, List<ArgumentValidator> validators) {
            if (validators.isEmpty())
                throw new IllegalArgumentException("a schema without a validator is not enforced");
            return new ArgumentsSchema(requireNonNull(FrozenJson.value(json)), List.copyOf(validators));
        }

        /** Whether there is a schema. */
        public boolean isPresent() {
            return !validators.isEmpty();
        }

        /** The schema as it stands in the document; null if there is none. */
        public @Nullable Object json() {
            return json;
        }

        /** What checks it; empty if there is no schema. */
        public List<ArgumentValidator> validators() {
            return validators;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof ArgumentsSchema that && Objects.equals(json, that.json);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(json);
        }

        @Override
        public String toString() {
            return "ArgumentsSchema[" + (isPresent() ? "present" : "none") + "]";
        }
    }
}
