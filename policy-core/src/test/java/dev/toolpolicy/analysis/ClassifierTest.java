package dev.toolpolicy.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.toolpolicy.analysis.PolicyDraft.Drafted;
import dev.toolpolicy.analysis.PolicyDraft.Risk;
import dev.toolpolicy.analysis.ServerTools.ServerTool;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a tool's name, arguments, texts and hints make of its class. */
class ClassifierTest {
    @ParameterizedTest
    @CsvSource({
        "list_files, READ",
        "listFiles, READ",
        "get_pull_request, READ",
        "get_run, READ",
        "connection_status, READ",
        "search_orders, READ",
        "frobnicate_status, WRITE",
        "frobnicate, WRITE",
        "obliterate_list, WRITE",
        "___, WRITE",
        "42, WRITE",
        "create_issue, WRITE",
        "sync_folders, WRITE",
        "cancel_order, WRITE",
        "cancel_and_refund_order, FINANCIAL",
        "get_and_run, EXECUTE",
        "get_and_refund_order, FINANCIAL",
        "get_and_frobnicate, WRITE",
        "get_and_deleteuser, DESTRUCTIVE",
        "check_out_and_delete, DESTRUCTIVE",
        "create_deletion, DESTRUCTIVE",
        "bulkdelete, DESTRUCTIVE",
        "swipe_screen, WRITE",
        "update_description, WRITE",
        "show_cameras, READ",
        "get_or_create_user, WRITE",
        "find_and_replace, WRITE",
        "run-query, EXECUTE",
        "githubExecSQL, EXECUTE",
        "run_script, EXECUTE",
        "execscript, EXECUTE",
        "delete_x, DESTRUCTIVE",
        "DELETE_X, DESTRUCTIVE",
        "dElEtE_x, DESTRUCTIVE",
        "s3.deleteObject, DESTRUCTIVE",
        "deleteV2, DESTRUCTIVE",
        "HTTPDelete, DESTRUCTIVE",
        "read_and_delete_message, DESTRUCTIVE",
        "user_deletion, DESTRUCTIVE",
        "deleteuser, DESTRUCTIVE",
        "swap, FINANCIAL",
        "transferFunds, FINANCIAL",
        "sendmoney, FINANCIAL",
        "process_payment, FINANCIAL",
        "get_and_pay_invoice, FINANCIAL",
        "check_out_cart, FINANCIAL",
        "check_payment, READ",
        "delete_payment, DESTRUCTIVE",
        "lint_fix, WRITE",
        "search_index_rebuild, WRITE",
        "search_reindex, WRITE",
        "view_refresh, WRITE",
        "count_increment, WRITE",
        "preview_teardown, WRITE",
        "verify_capture_payment, WRITE",
        "list_reorder, WRITE",
        "list_update, WRITE",
        "list_archive, WRITE",
        "list_updates, READ",
        "get_update, READ",
        "check_disburse, FINANCIAL"
    })
    void theVerbsOfANameAreItsClass(String name, Risk risk) {
        assertThat(alone(tool(name, "", Map.of())).risk()).isEqualTo(risk);
    }

    @ParameterizedTest
    @CsvSource({
        "update_thing, amount, FINANCIAL",
        "update_thing, unitPrice, FINANCIAL",
        "get_thing, amount_lamports, FINANCIAL",
        "search_things, max_price, READ",
        "search_things, min_amount, READ",
        "get_thing, price, READ",
        "get_thing, sql, EXECUTE",
        "get_thing, shellCommand, EXECUTE",
        "update_thing, code, EXECUTE",
        "update_thing, country_code, WRITE",
        "get_thing, code, READ",
        "validate_thing, script, READ",
        "read_query, query, EXECUTE",
        "fetch_graphql, query, EXECUTE",
        "read_records, cypher, EXECUTE",
        "search_things, query, READ",
        "read_file, path, READ"
    })
    void argumentsRaiseTheClass(String name, String argument, Risk risk) {
        Map<String, Object> schema = Map.of("type", "object", "properties", Map.of(argument, Map.of("type", "string")));
        Map<String, Object> nested = Map.of("anyOf", List.of(Map.of("properties", Map.of("order", schema))));

        assertThat(alone(tool(name, "", schema)).risk()).isEqualTo(risk);
        assertThat(alone(tool(name, "", nested)).risk()).as("deep inside").isEqualTo(risk);
        assertThat(alone(tool(name, "", Map.of("required", List.of(argument)))).risk())
                .as("only required")
                .isEqualTo(risk);
    }

    @ParameterizedTest
    @CsvSource({
        "action, delete, DESTRUCTIVE",
        "operation, buy, FINANCIAL",
        "method, DELETE, DESTRUCTIVE",
        "action, get, WRITE",
        "operation, transfer, FINANCIAL",
        "colour, delete, WRITE"
    })
    void whatAnArgumentCanChooseIsTheClassToo(String argument, String choice, Risk risk) {
        Map<String, Object> chosen = Map.of("enum", List.of("list", choice));

        assertThat(alone(tool("update_thing", "", Map.of("properties", Map.of(argument, chosen))))
                        .risk())
                .isEqualTo(risk);
    }

    @Test
    void whateverWayAChoiceIsWrittenItIsSeen() {
        Map<String, Object> delete = Map.of("const", "delete");
        Map<String, Object> either = Map.of("anyOf", List.of(Map.of("const", "list"), delete));
        Map<String, Object> choices = Map.of("enum", List.of("list", "delete"));
        for (Map<String, Object> chosen : List.<Map<String, Object>>of(
                delete,
                either,
                Map.of("oneOf", List.of(either, Map.of("type", "null"))),
                Map.of("type", "array", "items", choices),
                Map.of("$ref", "#/$defs/Action"),
                Map.of("anyOf", List.of(Map.of("$ref", "#/$defs/Loop"), Map.of("$ref", "#/$defs/Action"))))) {
            Map<String, Object> schema = Map.of(
                    "$defs",
                    Map.of("Action", choices, "Loop", Map.of("$ref", "#/$defs/Loop")),
                    "properties",
                    Map.of("action", chosen));
            assertThat(alone(tool("get_thing", "", schema)).risk())
                    .as("%s", chosen)
                    .isEqualTo(Risk.DESTRUCTIVE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "fix, boolean, WRITE",
        "delete_after_read, boolean, WRITE",
        "create_if_missing, boolean, WRITE",
        "include_deleted, boolean, READ",
        "fix, string, READ"
    })
    void aSwitchMayMakeAToolDoMoreThanRead(String argument, String type, Risk risk) {
        Map<String, Object> schema = Map.of("properties", Map.of(argument, Map.of("type", type)));
        Drafted drafted = alone(tool("check_thing", "", schema));
        assertThat(drafted.risk()).isEqualTo(risk);
        assertThat(drafted.unsure().isEmpty()).isEqualTo(risk == Risk.READ);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Returns the thing.|READ",
                "Returns the thing and deletes it.|DESTRUCTIVE",
                "Delete the thing|DESTRUCTIVE",
                "Lists what can be bought; see delete_x, and never delete.|READ",
                "Returns the thing. Deletes nothing.|READ",
                "Opens a connection|WRITE",
                "Withdraws everything|FINANCIAL"
            })
    void theFirstSentenceOfADescriptionMayRaiseTheClass(String description, Risk risk) {
        Drafted drafted = alone(tool("get_thing", description, Map.of()));

        assertThat(drafted.risk()).isEqualTo(risk);
        assertThat(drafted.unsure().isEmpty()).isEqualTo(risk == Risk.READ);
    }

    @Test
    void whatTheServerHintsAtOnlyRaises() {
        assertThat(hinted("delete_x", Map.of("readOnlyHint", true)).risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(hinted("delete_x", Map.of("destructiveHint", false)).risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(hinted("frobnicate", Map.of("readOnlyHint", true)).risk()).isEqualTo(Risk.WRITE);
        assertThat(hinted("create_x", Map.of("destructiveHint", true)).risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(hinted("get_x", Map.of("readOnlyHint", false)).risk()).isEqualTo(Risk.WRITE);
        assertThat(hinted("pay", Map.of("destructiveHint", true)).risk()).isEqualTo(Risk.DESTRUCTIVE);
        assertThat(hinted("get_x", Map.of("readOnlyHint", "false", "destructiveHint", "true"))
                        .risk())
                .isEqualTo(Risk.READ);
    }

    @Test
    void whatAServersToolsBeginWithIsItsName() {
        List<Drafted> tools = PolicyDraft.from(new ServerTools(
                        Stream.of("zq_list", "zq_get", "zq_find", "delete_a", "delete_b", "wr_list", "wr_get")
                                .map(name -> tool(name, "", Map.of()))
                                .toList()))
                .tools();

        assertThat(tools.stream().map(Drafted::risk))
                .containsExactly(
                        Risk.READ, Risk.READ, Risk.READ, Risk.DESTRUCTIVE, Risk.DESTRUCTIVE, Risk.WRITE, Risk.WRITE);
    }

    @Test
    void whatIsNotUnderstoodIsSaid() {
        assertThat(alone(tool("frobnicate", "", Map.of())).unsure())
                .containsExactly("what it does cannot be told from its name, so it is not taken for a read");
    }

    private static Drafted hinted(String name, Map<String, Object> annotations) {
        return alone(new ServerTool(name, "", "", Map.of(), annotations));
    }

    private static ServerTool tool(String name, String description, Map<String, Object> schema) {
        return new ServerTool(name, "", description, schema, Map.of());
    }

    private static Drafted alone(ServerTool tool) {
        return PolicyDraft.from(new ServerTools(List.of(tool))).tools().get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "Transfer money to somebody., FINANCIAL",
        "This tool transfers funds at once., FINANCIAL",
        "Permanently delete all., DESTRUCTIVE",
        "Quickly and irreversibly wipe the disk., DESTRUCTIVE",
        "Transfers a call to a colleague., READ",
        "Daily deletes by user., DESTRUCTIVE",
        "Get a thing. Then delete it., READ"
    })
    void theFirstSentenceMayRaiseAClass(String description, Risk risk) {
        ServerTool tool = new ServerTool("get_thing", "", description, Map.of(), Map.of());
        assertThat(PolicyDraft.from(new ServerTools(List.of(tool)))
                        .tools()
                        .get(0)
                        .risk())
                .isEqualTo(risk);
    }
}
