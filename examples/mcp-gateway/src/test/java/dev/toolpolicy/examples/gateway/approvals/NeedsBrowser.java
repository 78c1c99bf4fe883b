package dev.toolpolicy.examples.gateway.approvals;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.opentest4j.TestAbortedException;

/** Skips what needs a browser where there is none, and says why: looked for once, and seen in the report. */
final class NeedsBrowser implements ExecutionCondition {
    private static final ExtensionContext.Namespace KEEP = ExtensionContext.Namespace.create(NeedsBrowser.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return context.getRoot()
                .getStore(KEEP)
                .getOrComputeIfAbsent("found", found -> look(), ConditionEvaluationResult.class);
    }

    private static ConditionEvaluationResult look() {
        try {
            return enabled("with " + InstalledBrowser.find().program());
        } catch (TestAbortedException e) {
            return disabled(e.getMessage());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
