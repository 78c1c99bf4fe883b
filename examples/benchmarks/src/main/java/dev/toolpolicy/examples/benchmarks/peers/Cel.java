package dev.toolpolicy.examples.benchmarks.peers;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.toolpolicy.examples.benchmarks.peers.Rules.Question;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** CEL for Java: for each tool an expression, checked and made a program once; a hand-written map finds it. */
final class Cel implements Engine {
    private final Map<String, CelRuntime.Program> programs = new HashMap<>();
    private final Question[] questions;
    private final List<Map<String, Object>> variables;

    Cel(Rules rules) {
        CelCompiler compiler = CelCompilerFactory.standardCelCompilerBuilder()
                .addVar("role", SimpleType.STRING)
                .addVar("amount", SimpleType.INT)
                .setResultType(SimpleType.BOOL)
                .build();
        CelRuntime runtime = CelRuntimeFactory.plannerRuntimeBuilder().build();
        try {
            for (String tool : rules.tools()) {
                CelAbstractSyntaxTree rule =
                        compiler.compile("role == 'finance' && amount <= 100").getAst();
                programs.put(tool, runtime.createProgram(rule));
            }
        } catch (CelValidationException | CelEvaluationException e) {
            throw new IllegalStateException(e);
        }
        questions = rules.questions().toArray(Question[]::new);
        variables = rules.questions().stream()
                .map(question -> Map.<String, Object>of("role", question.role(), "amount", question.amount()))
                .toList();
    }

    @Override
    public boolean allows(int call) {
        CelRuntime.Program program = programs.get(questions[call].tool());
        if (program == null) return false;
        try {
            return (Boolean) program.eval(variables.get(call));
        } catch (CelEvaluationException e) {
            throw new IllegalStateException(e);
        }
    }
}
