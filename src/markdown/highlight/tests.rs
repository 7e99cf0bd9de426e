use std::time::Instant;

use proptest::prelude::*;

use super::*;

/// The text that a browser shows.
fn text(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, tag)) = rest.split_once('<') {
        text += before;
        rest = tag.split_once('>').expect("a tag ends").1;
    }
    text += rest;
    let entities = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ];
    entities
        .iter()
        .fold(text, |text, (from, to)| text.replace(from, to))
}

/// Each span as `class:text`, without the `hl-`.
fn spans(language: &str, code: &str) -> Vec<String> {
    let html = highlight(language, code).expect("a known language");
    assert_eq!(text(&html), code);
    html.split("<span class=\"hl-")
        .skip(1)
        .map(|part| {
            let (class, rest) = part.split_once("\">").expect("a class ends");
            let (inside, _) = rest.split_once("</span>").expect("a span ends");
            assert!(!inside.contains('<'), "a span in a span: {html}");
            assert!(CLASSES.contains(&format!("hl-{class}").as_str()));
            format!("{class}:{}", text(inside))
        })
        .collect()
}

fn has(language: &str, code: &str, expected: &[&str]) {
    let found = spans(language, code);
    for span in expected {
        assert!(
            found.iter().any(|other| other == span),
            "{span} in {found:?}"
        );
    }
}

#[test]
fn python() {
    has(
        "python",
        "@dec\ndef f(x: int):\n    # why\n    # and how\n    return f\"a{x}\\n\" + self.y * 1.5 if True else g(x)\n",
        &[
            "function:dec",
            "keyword:def",
            "function:f",
            "variable:x",
            "type:int",
            "comment:# why\n    # and how",
            "keyword:return",
            "string:f\"a",
            "punctuation:{",
            "constant:\\n",
            "operator:+",
            "variable:self",
            "number:1.5",
            "constant:True",
            "function:g",
        ],
    );
}

#[test]
fn json() {
    let code = "{\"a\": [1, true, \"x\"]}";
    let expected = [
        "punctuation:{",
        "attribute:\"a\"",
        "punctuation:: [",
        "number:1",
        "punctuation:,",
        "constant:true",
        "punctuation:,",
        "string:\"x\"",
        "punctuation:]}",
    ];
    assert_eq!(spans("json", code), expected);
}

#[test]
fn yaml() {
    let code = "title: \"A & B\" # note\nbeds: 12\nopen: true\nfactors:\n  - staffing\n";
    let expected = [
        "attribute:title",
        "punctuation::",
        "string:\"A & B\"",
        "comment:# note",
        "attribute:beds",
        "punctuation::",
        "number:12",
        "attribute:open",
        "punctuation::",
        "constant:true",
        "attribute:factors",
        "punctuation::\n  -",
        "string:staffing",
    ];
    assert_eq!(spans("yml", code), expected);
}

#[test]
fn toml() {
    let expected = [
        "type:rules",
        "attribute:links",
        "string:\"error\"",
        "comment:# all",
        "number:3",
    ];
    has(
        "toml",
        "[rules]\nlinks = \"error\" # all\ntimes = 3\n",
        &expected,
    );
}

#[test]
fn sql() {
    has(
        "SQL",
        "SELECT count(*) FROM beds WHERE ward = 'A' AND n > 10 -- full\n",
        &[
            "keyword:SELECT",
            "function:count",
            "keyword:FROM",
            "operator:=",
            "string:'A'",
            "operator:AND",
            "number:10",
            "comment:-- full",
        ],
    );
}

#[test]
fn others() {
    has(
        "js",
        "const x = `a ${b.c}`; // d",
        &[
            "keyword:const",
            "string:`a",
            "punctuation:${",
            "comment:// d",
        ],
    );
    has(
        "html",
        "<p class=\"a\">b &amp; c</p><!-- d -->",
        &["tag:p", "attribute:class", "string:\"a\"", "constant:&amp;"],
    );
    has(
        "css",
        ".a { color: #fff; width: 2em }",
        &[
            "attribute:.a",
            "attribute:color",
            "constant:#fff",
            "number:2em",
        ],
    );
    has(
        "sh",
        "if grep -q x \"$F\"; then exit 1; fi",
        &["keyword:if", "function:grep", "keyword:fi"],
    );
    has(
        "r",
        "f <- function(x) mean(x, na.rm = TRUE)",
        &[
            "operator:<-",
            "keyword:function",
            "function:mean",
            "constant:TRUE",
        ],
    );
    has("diff", "-a\n+b\n", &["keyword:-a", "string:+b"]);
    assert_eq!(
        highlight("text", "a <b> \"c\" & d\n").as_deref(),
        Some("a &lt;b&gt; &quot;c&quot; &amp; d\n")
    );
    assert_eq!(highlight("py", "").as_deref(), Some(""));
}

#[test]
fn unknown_languages() {
    for language in [
        "",
        "no such language",
        "x\0y",
        "<script>",
        "../../etc/passwd",
        "ümlaut",
        "py thon",
    ] {
        assert_eq!(highlight(language, "x = 1"), None, "{language:?}");
    }
    assert_eq!(highlight(&"x".repeat(1 << 22), "x = 1"), None);
}

#[test]
fn long_code() {
    let line = "ä".repeat(LONGEST_LINE);
    for ending in ["", "\n", "\r\n"] {
        assert!(highlight("text", &format!("{line}{ending}")).is_some());
        assert_eq!(highlight("text", &format!("{line}x{ending}")), None);
    }
    let code = "x\n".repeat(LONGEST_CODE / 2);
    assert!(highlight("text", &code).is_some());
    assert_eq!(highlight("text", &format!("{code}x")), None);
    let lines = |chars: usize, times: usize| format!("{}\n", "x".repeat(chars)).repeat(times);
    assert!(highlight("text", &lines(198, 500)).is_some());
    assert!(highlight("text", &lines(1_999, 4)).is_some());
    assert_eq!(highlight("text", &lines(1_999, 6)), None);
}

#[test]
fn the_second_time_is_like_the_first() {
    let first = highlight("py", "def twice(): pass");
    assert!(first.is_some());
    assert_eq!(highlight("PY", "def twice(): pass"), first);
    assert_eq!(highlight("python", "def twice(): pass"), first);
    assert_ne!(highlight("sql", "def twice(): pass"), first);
}

/// These make syntect run for ever in the grammars that GRAMMARS leaves out.
#[test]
fn code_that_once_hung() {
    for (language, code) in [
        ("js", "x /*\n*/"),
        ("jsx", "n\t/*"),
        ("ts", "x /* c */ /*\n*/"),
        ("html", "<script>x /*\n</script>"),
        ("svg", "<script>x /*"),
    ] {
        assert!(highlight(language, code).is_some(), "{language}");
    }
    for (language, code) in [
        ("md", "```js\nx /*\n"),
        ("scala", ":x@-"),
        ("php", "<script>x /*"),
    ] {
        assert_eq!(highlight(language, code), None, "{language}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_text_stays_the_same(code in "(?s).{0,200}", language in "py|json|yaml") {
        let html = highlight(&language, &code);
        prop_assert_eq!(text(&html.expect("a known language")), code);
    }

    #[test]
    fn code_like_text_stays_the_same(
        parts in prop::collection::vec("[{}()\\[\\]<>\"'#:,;=&*/+-]|[a-z]{1,6}|[0-9.]{1,4}| |\n {0,4}|\r\n|\t|\\\\|def |\"\"\"|ä", 0..60),
        language in "py|json|yaml|toml|sql|js|html|sh",
    ) {
        let code = parts.concat();
        let html = highlight(&language, &code);
        prop_assert_eq!(text(&html.expect("a known language")), code);
    }

    #[test]
    fn no_language_panics(language in "(?s).{0,60}") {
        highlight(&language, "x = 1\n");
    }
}

/// Prints what highlighting costs; `cargo test --release -- --ignored --nocapture highlighting_costs`.
#[test]
#[ignore = "a measurement"]
fn highlighting_costs() {
    let start = Instant::now();
    let grammars = Grammars::load();
    println!("load: {:.1} ms", start.elapsed().as_secs_f64() * 1e3);
    let python = "def rate(beds, staff):\n    \"\"\"Beds for each nurse.\"\"\"\n    if not staff:\n        raise ValueError(f\"no staff: {staff}\")\n    return len(beds) / sum(n for n in staff.values())  # mean\n";
    let json = "{\n  \"slug\": \"bed-board\",\n  \"themes\": [\"flow\", \"staffing\"],\n  \"beds\": 24,\n  \"open\": true\n}\n";
    let sql = "SELECT ward, count(*) AS n FROM beds WHERE status = 'free' GROUP BY ward ORDER BY n DESC;\n";
    let typescript =
        "const free = beds.filter((bed) => bed.status === \"free\").map((bed) => `${bed.ward}`);\n";
    for (language, code) in [
        ("py", python),
        ("json", json),
        ("sql", sql),
        ("js", typescript),
    ] {
        let syntax = languages::find(&grammars.syntaxes, language).expect("a known language");
        let mut times = Vec::new();
        let mut html = String::new();
        for _ in 0..20 {
            let start = Instant::now();
            html = grammars.highlight(syntax, code).expect("HTML");
            times.push(start.elapsed().as_secs_f64() * 1e3);
        }
        println!(
            "{language}: {} B -> {} B, first {:.1} ms, warm {:.3} ms",
            code.len(),
            html.len(),
            times[0],
            times.iter().copied().fold(f64::MAX, f64::min)
        );
    }
    highlight("py", python);
    let start = Instant::now();
    for _ in 0..1_000 {
        highlight("py", python);
    }
    println!("remembered: {:.2} µs", start.elapsed().as_secs_f64() * 1e3);
}
