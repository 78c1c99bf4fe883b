package dev.toolpolicy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;

/** The few names, keys and values that policies and calls are drawn from, so that they meet. */
final class Alphabet {
    static final List<String> TOOLS = List.of(
            "read",
            "Read",
            "read_file",
            "read.file",
            "read-file",
            "READ_FILE",
            "write_file",
            "write.file",
            "list",
            "read_file_x",
            "_",
            "9",
            "file");

    static final List<String> TOOL_PATTERNS = List.of(
            "*", "read*", "re*", "*_file", "*.file", "read_*", "READ_*", "*file*", "r*e", "w*_*e", "l*t", "*ad*ile",
            "_*");

    static final List<String> MALFORMED_TOOLS =
            List.of("", "read file", "read*", "r\u00e9ad", "read\n", "x".repeat(129));

    static final List<String> KEYS = List.of("a", "b", "c", "x y");

    static final List<String> PATHS = List.of(
            "args.a",
            "args.a",
            "args.a",
            "args.b",
            "args.b",
            "args.c",
            "args[\"x y\"]",
            "args[\"a\"]",
            "args",
            "args.a.b",
            "args.b.a",
            "args.a[0]",
            "args.b[1]",
            "args.b[0].a",
            "args.c.a.b",
            "identity.grant",
            "identity.session",
            "identity.tenant",
            "identity.scopes",
            "identity.scopes[0]",
            "identity[\"x y\"]",
            "tool");

    static final List<String> PATHS_TO_MANY = List.of(
            "args.a[*]",
            "args.b[*]",
            "args.a[*].b",
            "args.c.a[*]",
            "args.a[*][*]",
            "args.b[*][0]",
            "identity.scopes[*]");

    static final List<String> TEXTS = List.of(
            "",
            "x",
            "X",
            "xy",
            "xx",
            "yx",
            "x\ny",
            "\n",
            "x\n",
            "y",
            "1",
            "10",
            "true",
            "null",
            "acme",
            "Acme",
            "read",
            "i",
            "I",
            "\u0131",
            "\u00e9",
            "\ud83d\ude00");

    static final List<Object> NUMBERS = List.of(
            0L,
            1L,
            -1L,
            2L,
            10L,
            new BigDecimal("1.0"),
            new BigDecimal("1e0"),
            new BigDecimal("-0.0"),
            0.1,
            new BigDecimal("0.1"),
            1.5,
            new BigDecimal("1e23"),
            9007199254740992L,
            9007199254740993L,
            new BigDecimal("9007199254740993.0"),
            new BigInteger("9223372036854775808"),
            new BigInteger("9223372036854775809"),
            new BigDecimal("0.1000000000000000000001"),
            new BigDecimal("10e-1"));

    static final List<String> FILE_PATHS = List.of(
            "/srv/data",
            "/srv/data/",
            "/srv/data/f",
            "/srv/database",
            "/srv",
            "/",
            "/srv/./data//f",
            "/srv/data/../etc",
            "/srv/data/../data/f",
            "/../srv/data",
            "//srv/data",
            "src",
            "src/a",
            "./src/a",
            "src/../src/b",
            "../src",
            "src/../../x",
            ".",
            "",
            "SRC/a",
            "src/%2e%2e/x",
            "src/%2Fa",
            "src/%41",
            "src\\a",
            "src\u0000",
            "a\nb",
            "/srv/.. /x",
            "/srv/data/...",
            "src/ ../a",
            "C:/data",
            "c:/data/f",
            "C:\\data\\f",
            "C:\\data\\..\\x",
            "C:f",
            "C:",
            "D:/data",
            "C:/data/.. /x",
            "C:/data/... /x",
            "\\\\host\\x",
            "~/x",
            "I:/x",
            "i:\\x\\y",
            "src/..",
            "/srv/data/\u0085");

    static final List<String> ROOTS =
            List.of("/srv/data", "/srv/data/", "/", "src", ".", "/srv", "src/a", "C:/data", "c:\\data", "D:/", "i:/x");

    /** What may follow a root. */
    static final List<String> PATH_TAILS = List.of(
            "/NUL.txt",
            "/~/x",
            "",
            "/",
            "/f",
            "/f",
            "x",
            "/../f",
            "/./f",
            "/%2Ff",
            "%2f..",
            "/a/../../x",
            "/ .. /x",
            "/..",
            "\\f",
            "\\..\\f",
            "/\t");

    static final List<String> URL_TAILS = List.of(
            "?@b.example",
            "#@b.example",
            "",
            "",
            "/",
            ":443",
            ":80/",
            ":8443/x",
            ".",
            "x",
            ":0443",
            ":65536",
            "@b.example",
            "/@b",
            "\\",
            "?q",
            "#",
            ":");

    static final List<String> URLS = List.of(
            "https://a.example",
            "https://A.Example/",
            "https://a.example:443/x",
            "https://a.example:8443",
            "http://a.example",
            "http://a.example:80/?q",
            "http://a.example:443",
            "https://b.a.example/x#y",
            "https://c.b.a.example",
            "https://xa.example",
            "https://a.example.",
            "https://a.example@b.example/",
            "https://u:p@a.example/",
            "https://a.example\\@b.example",
            "https://a.example /",
            "https://a.example/ x",
            "https://a.example:0443/",
            "https://a.example:/",
            "https://a.example:65536/",
            "//a.example/",
            "a.example",
            "https:a.example",
            "https:///a.example",
            "https:/a.example",
            "ftp://a.example/",
            "https://127.0.0.1/",
            "https://127.1/",
            "https://2130706433/",
            "https://0x7f.0.0.1/",
            "https://0177.0.0.1/",
            "https://[::1]/",
            "https://[0:0:0:0:0:0:0:1]/",
            "https://[2001:db8::1]:443/",
            "https://[2001:DB8::1]/",
            "https://[::ffff:127.0.0.1]/",
            "https://\u00e9.example/",
            "https://xn--9ca.example/",
            "https://a\uff0eexample/",
            "https://a.example\n",
            "https://a%2eexample/",
            "HTTPS://a.example",
            "https://I.EXAMPLE/",
            "https://\u212a.example/",
            "https://k.example/",
            "https://a..example/",
            "https://.a.example/",
            "https://a.example?x@b",
            "https://a.example#@b.example",
            "",
            "https://");

    static final List<String> HOSTS = List.of(
            "a.example",
            "*.a.example",
            "http://a.example",
            "a.example:8443",
            "https://a.example:443",
            "127.0.0.1",
            "[::1]",
            "[2001:db8::1]",
            "xn--9ca.example",
            "b.example",
            "i.example",
            "k.example",
            "*.example",
            "ftp://a.example",
            "http://*.a.example:443");

    /** The same in RE2 and in the JDK over these texts; a {@code $} is always the end. */
    static final List<String> EXPRESSIONS = List.of(
            "x",
            "^x",
            "x$",
            "^x.y$",
            "x.y",
            "[a-z]+",
            "^[^x]*$",
            "(?i)^x",
            "(?i)ACME",
            "x|xy",
            "^(x|xy)$",
            ".",
            ".+",
            "",
            "\\d+",
            "^$",
            "(?:.)$",
            "[^y]$",
            "y{1,2}",
            "\\s",
            "^\\w+$");

    static final List<String> TYPES = List.of("string", "number", "integer", "boolean", "object", "array", "null");

    static final List<String> OPERATORS = List.of(
            "eq",
            "eq",
            "eq",
            "neq",
            "neq",
            "in",
            "in",
            "not_in",
            "lt",
            "lte",
            "gt",
            "gte",
            "gt",
            "regex",
            "matches",
            "contains",
            "contains",
            "starts_with",
            "ends_with",
            "exists",
            "exists",
            "is",
            "is",
            "path_within",
            "path_within",
            "host_in",
            "host_in");

    /** What finds its value by a path, if it likes. */
    static final List<String> COMPARING =
            List.of("eq", "neq", "in", "not_in", "lt", "lte", "gt", "gte", "contains", "starts_with", "ends_with");

    static final List<Object> SCALARS = Arrays.asList(null, true, false);

    private Alphabet() {}
}
