package dev.toolpolicy;

import dev.toolpolicy.CompiledPolicy.Entry;
import dev.toolpolicy.CompiledPolicy.Hidden;
import dev.toolpolicy.CompiledPolicy.LookAlike;
import dev.toolpolicy.Policy.Action;
import dev.toolpolicy.Policy.Part;
import dev.toolpolicy.Policy.Rules;
import dev.toolpolicy.Policy.Tool;
import dev.toolpolicy.Policy.Unlisted;
import dev.toolpolicy.json.Pointer;
import dev.toolpolicy.spi.ArgumentValidator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Works out, once, all that a policy can say of a name, so that a decision only looks it up. */
final class PolicyCompiler {
    static final CompiledTool NOT_LISTED = CompiledTool.refused(CompiledPolicy.notListed());

    /** What {@link CompiledPolicy} looks into. */
    record Tables(
            Map<String, CompiledTool> byName,
            List<Hidden> hidden,
            FoldedNames<CompiledTool> likeHidden,
            FoldedNames<LookAlike> likeListed,
            List<Entry> entries,
            @Nullable CompiledTool unlisted) {}

    private final Policy policy;
    private final Set<Part> order;
    private final Checks checks = new Checks();
    private final Section allTools;
    private final CompiledGroups groups;
    /** The rules of the entries, and of {@code default}, that govern names which are not written out. */
    private final Map<String, Section> ownByPointer = new HashMap<>();

    private final List<Hidden> hidden = new ArrayList<>();
    private final FoldedNames<CompiledTool> likeHidden;

    PolicyCompiler(Policy policy, List<Part> order) {
        this.policy = policy;
        this.order = new LinkedHashSet<>(order);
        // What a caller leaves out is checked all the same.
        this.order.addAll(List.of(Part.values()));
        this.allTools = Section.of(policy.allTools(), Pointer.ROOT.member("all_tools"), checks);
        this.groups = new CompiledGroups(policy.groups(), checks);
        Map<String, CompiledTool> lookAlikes = new LinkedHashMap<>();
        for (int i = 0; i < policy.hide().size(); i++) {
            ToolPattern pattern = policy.hide().get(i);
            String pointer = Pointer.ROOT.member("hide").element(i).toString();
            CompiledTool lookAlike = CompiledTool.refused(CompiledPolicy.lookAlike(pointer));
            // What resembles a hidden name resembles whatever pattern before it the name resembles: the first is named.
            if (pattern.exact()) lookAlikes.putIfAbsent(pattern.text(), lookAlikeOr(pattern.text(), lookAlike));
            else hidden.add(new Hidden(pattern, CompiledTool.refused(CompiledPolicy.hidden(pointer)), lookAlike));
        }
        this.likeHidden = new FoldedNames<>(lookAlikes);
    }

    /** What is said of a name that resembles a hidden pattern, by the first that it does; else this. */
    private CompiledTool lookAlikeOr(String name, CompiledTool otherwise) {
        for (Hidden pattern : hidden) {
            if (pattern.pattern().resembles(name)) return pattern.lookAlike();
        }
        return otherwise;
    }

    CompiledPolicy compile() {
        Map<String, CompiledTool> byName = new HashMap<>();
        Map<String, LookAlike> lookAlikes = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        policy.tools().forEach((pattern, tool) -> {
            String pointer = Pointer.ROOT.member("tools").member(pattern.text()).toString();
            CompiledTool compiled = tool(pattern, tool, pointer);
            LookAlike lookAlike = new LookAlike(
                    entries.size() + lookAlikes.size(), CompiledTool.refused(CompiledPolicy.lookAlike(pointer)));
            if (pattern.exact()) {
                byName.put(pattern.text(), hiddenOr(pattern.text(), compiled));
                lookAlikes.put(pattern.text(), lookAlike);
            } else {
                entries.add(new Entry(pattern, pattern.literals(), compiled, lookAlike));
            }
        });
        // Last, so that a hidden name is hidden whatever else is written of it.
        hiddenNames().forEach(byName::put);
        entries.sort(Comparator.comparingInt(Entry::literals).reversed());
        Tables tables = new Tables(
                byName,
                List.copyOf(hidden),
                likeHidden,
                new FoldedNames<>(lookAlikes),
                List.copyOf(entries),
                unlisted());
        CompiledPolicy compiled = new CompiledPolicy(tables, maxUnits(), asks());
        for (String name : groups.names()) {
            if (!byName.containsKey(name))
                writeOut(name, compiled.tool(name)).ifPresent(tool -> byName.put(name, tool));
        }
        return compiled;
    }

    /** A name that groups write out and no entry does: what governs it, and all that its groups have. */
    private Optional<CompiledTool> writeOut(String name, CompiledTool governs) {
        if (governs.refusal() != null) return Optional.empty();
        Section own = ownByPointer.getOrDefault(governs.pointer(), Section.EMPTY);
        return Optional.of(
                CompiledTool.checked(inOrder(groups.of(name), own), governs.validators(), governs.pointer()));
    }

    /** The names that {@code hide} writes out; of an earlier pattern that matches one as well, the pattern is named. */
    private Map<String, CompiledTool> hiddenNames() {
        Map<String, CompiledTool> names = new LinkedHashMap<>();
        List<ToolPattern> earlier = new ArrayList<>();
        for (int i = 0; i < policy.hide().size(); i++) {
            ToolPattern pattern = policy.hide().get(i);
            if (!pattern.exact()) {
                earlier.add(pattern);
                continue;
            }
            String pointer = Pointer.ROOT.member("hide").element(i).toString();
            CompiledTool tool = CompiledTool.refused(CompiledPolicy.hidden(pointer));
            for (int p = earlier.size() - 1; p >= 0; p--) {
                if (earlier.get(p).matches(pattern.text())) tool = hidden.get(p).tool();
            }
            names.putIfAbsent(pattern.text(), tool);
        }
        return names;
    }

    /** An entry's name may itself be hidden by a pattern, or resemble what is. */
    private CompiledTool hiddenOr(String name, CompiledTool listed) {
        for (Hidden pattern : hidden) {
            if (pattern.pattern().matches(name)) return pattern.tool();
        }
        CompiledTool lookAlike = likeHidden.find(name);
        return lookAlike != null ? lookAlike : lookAlikeOr(name, listed);
    }

    private CompiledTool tool(ToolPattern pattern, Tool tool, String pointer) {
        if (tool.action() == Action.DENY) {
            String message = tool.text().isEmpty() ? "this tool is denied by the policy" : tool.text();
            return CompiledTool.refused(CompiledPolicy.deny(Reason.Code.TOOL_DENIED, pointer + "/action", message));
        }
        Section own = Section.of(tool, Pointer.ROOT.member("tools").member(pattern.text()), checks);
        return compiled(pattern, own, pointer, tool.argumentsSchema().validators());
    }

    private @Nullable CompiledTool unlisted() {
        if (policy.unlisted() == Unlisted.DENY) return null;
        return compiled(new ToolPattern("*"), Section.EMPTY, "/default", List.of());
    }

    private CompiledTool compiled(
            ToolPattern pattern, Section own, String pointer, List<ArgumentValidator> validators) {
        if (pattern.exact()) return CompiledTool.checked(inOrder(groups.of(pattern.text()), own), validators, pointer);
        ownByPointer.put(pointer, own);
        return CompiledTool.checked(inOrder(groups.ofUnwritten(pattern), own), validators, pointer);
    }

    private List<Section> inOrder(List<Section> ofGroups, Section own) {
        List<Section> sections = new ArrayList<>();
        for (Part part : order) {
            switch (part) {
                case ALL_TOOLS -> sections.add(allTools);
                case GROUPS -> sections.addAll(ofGroups);
                case TOOLS -> sections.add(own);
            }
        }
        return sections;
    }

    private Map<CounterKey, Long> maxUnits() {
        Map<CounterKey, Long> maxUnits = new HashMap<>();
        policy.limits()
                .map(Limit::counter)
                .forEach(counter -> maxUnits.put(CounterKey.of(counter), counter.maxUnits()));
        return maxUnits;
    }

    private boolean asks() {
        return anyRules(rules -> !rules.requireApprovalIf().isEmpty())
                || policy.tools().values().stream().anyMatch(tool -> tool.action() == Action.REQUIRE_APPROVAL);
    }

    private boolean anyRules(Predicate<Rules> has) {
        return has.test(policy.allTools())
                || policy.groups().stream().anyMatch(group -> has.test(group.rules()))
                || policy.tools().values().stream().anyMatch(tool -> has.test(tool.rules()));
    }
}
