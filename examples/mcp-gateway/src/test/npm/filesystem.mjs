// Every tool of the file system server, in the folder that the connection names.
import { call, nothing, pages } from "./steps.mjs";

export const capabilities = nothing.capabilities;

export function steps(client, record, { folder }) {
  const tool = (name, args) => () => call(client, name, args);
  const at = (path) => `${folder}/${path}`;
  return [
    ["tools", () => pages(client, "tools/list")],
    ["allowed", tool("list_allowed_directories", {})],
    ["write", tool("write_file", { path: at("a.txt"), content: "one\ntwo\nthree\n" })],
    ["write elsewhere", tool("write_file", { path: "/proc/a.txt", content: "x" })],
    ["read", tool("read_text_file", { path: at("a.txt") })],
    ["read the head", tool("read_text_file", { path: at("a.txt"), head: 1 })],
    ["read nothing", tool("read_text_file", { path: at("none.txt") })],
    ["read, as it was called", tool("read_file", { path: at("a.txt") })],
    ["read two", tool("read_multiple_files", { paths: [at("a.txt"), at("none.txt")] })],
    ["read as a medium", tool("read_media_file", { path: at("a.txt") })],
    ["edit, but not really", tool("edit_file", { path: at("a.txt"), edits: [{ oldText: "two", newText: "2" }], dryRun: true })],
    ["edit", tool("edit_file", { path: at("a.txt"), edits: [{ oldText: "two", newText: "zwei – 二" }] })],
    ["make a folder", tool("create_directory", { path: at("sub/deeper") })],
    ["list", tool("list_directory", { path: folder })],
    ["list with sizes", tool("list_directory_with_sizes", { path: folder, sortBy: "size" })],
    ["tree", tool("directory_tree", { path: folder })],
    ["move", tool("move_file", { source: at("a.txt"), destination: at("sub/b.txt") })],
    ["move what is gone", tool("move_file", { source: at("a.txt"), destination: at("c.txt") })],
    ["search", tool("search_files", { path: folder, pattern: "**/*.txt" })],
    ["climb out", tool("read_text_file", { path: at("../../etc/passwd") })],
    ["about", tool("get_file_info", { path: at("sub/b.txt") })],
    ["unknown tool", tool("delete_file", { path: at("sub/b.txt") })],
  ];
}
