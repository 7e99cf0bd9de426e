//! Which languages are highlighted, and the names they go by.

use syntect::parsing::{SyntaxReference, SyntaxSet};

/// The grammars in use, by name.
///
/// Only these, because syntect's parser never comes back from some grammars: two rules that each take no character can
/// hand a place in the text to each other for ever (<https://github.com/trishume/syntect/pull/706>), and contributors
/// are strangers. `x /*` does it in the grammar of JavaScript, and so in the many that embed it: HTML, Markdown, PHP,
/// Ruby, Java, LaTeX. The tests prove that it can't happen in these. Less and SCSS are left out too: they take seconds
/// for a line of spaces.
pub(super) const GRAMMARS: [&str; 47] = [
    "BibTeX",
    "Bourne Again Shell (bash)",
    "C",
    "C#",
    "C++",
    "CMake",
    "CSS",
    "Clojure",
    "Dart",
    "Diff",
    "Dockerfile",
    "DotENV",
    "Elixir",
    "F#",
    "Git Config",
    "Go",
    "GraphQL",
    "Haskell",
    "INI",
    "JQ",
    "JSON",
    "Java Properties",
    "Julia",
    "Kotlin",
    "Lua",
    "MATLAB",
    "Makefile",
    "Nix",
    "OCaml",
    "Plain Text",
    "Protocol Buffer",
    "Python",
    "R",
    "Regular Expression",
    "Requirements.txt",
    "Rust",
    "SQL",
    "Swift",
    "TOML",
    "TeX",
    "Terraform",
    "TypeScript",
    "TypeScriptReact",
    "XML",
    "YAML",
    "Zig",
    "nginx",
];

/// Names that people write and the grammar does not have, or that belong to a grammar not in use, and the grammar for
/// them. JavaScript is a part of TypeScript, and HTML looks like XML.
const OTHER_NAMES: [(&str, &str); 35] = [
    ("cjs", "TypeScriptReact"),
    ("console", "Bourne Again Shell (bash)"),
    ("csharp", "C#"),
    ("docker", "Dockerfile"),
    ("env", "DotENV"),
    ("geojson", "JSON"),
    ("golang", "Go"),
    ("htm", "XML"),
    ("html", "XML"),
    ("javascript", "TypeScriptReact"),
    ("js", "TypeScriptReact"),
    ("json5", "JSON"),
    ("jsonc", "JSON"),
    ("jsonl", "JSON"),
    ("jsonld", "JSON"),
    ("jsx", "TypeScriptReact"),
    ("latex", "TeX"),
    ("mjs", "TypeScriptReact"),
    ("mysql", "SQL"),
    ("ndjson", "JSON"),
    ("node", "TypeScriptReact"),
    ("pgsql", "SQL"),
    ("plain", "Plain Text"),
    ("plaintext", "Plain Text"),
    ("plsql", "SQL"),
    ("postgres", "SQL"),
    ("postgresql", "SQL"),
    ("python3", "Python"),
    ("shell", "Bourne Again Shell (bash)"),
    ("shell-session", "Bourne Again Shell (bash)"),
    ("sqlite", "SQL"),
    ("tex", "TeX"),
    ("text", "Plain Text"),
    ("tsql", "SQL"),
    ("xhtml", "XML"),
];

/// The longest name that is looked up, in bytes.
const LONGEST_NAME: usize = 40;

/// The grammar of a language, by its name or the extension of its files, in any case.
pub(super) fn find<'s>(syntaxes: &'s SyntaxSet, language: &str) -> Option<&'s SyntaxReference> {
    if language.len() > LONGEST_NAME {
        return None;
    }
    let is_language = |(name, _): &&(&str, &str)| name.eq_ignore_ascii_case(language);
    let syntax = match OTHER_NAMES.iter().find(is_language) {
        Some((_, grammar)) => syntaxes.find_syntax_by_name(grammar)?,
        None => syntaxes.find_syntax_by_token(language)?,
    };
    GRAMMARS.contains(&syntax.name.as_str()).then_some(syntax)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let syntaxes = two_face::syntax::extra_newlines();
        let found = |language| find(&syntaxes, language).map(|syntax| syntax.name.as_str());
        for (language, grammar) in [
            ("py", "Python"),
            ("PYTHON", "Python"),
            ("yml", "YAML"),
            ("toml", "TOML"),
            ("r", "R"),
            ("sh", "Bourne Again Shell (bash)"),
            ("c++", "C++"),
            ("c#", "C#"),
            ("ts", "TypeScript"),
            ("JS", "TypeScriptReact"),
            ("html", "XML"),
            ("svg", "XML"),
        ] {
            assert_eq!(found(language), Some(grammar), "{language}");
        }
        for language in [
            "", " ", "\0", "python ", "../x", "<b>", "md", "markdown", "php", "vue", "ruby",
            "no such",
        ] {
            assert_eq!(found(language), None, "{language:?}");
        }
        assert_eq!(found(&"p".repeat(1 << 20)), None);
    }

    #[test]
    fn every_grammar_exists() {
        let syntaxes = two_face::syntax::extra_newlines();
        for grammar in GRAMMARS {
            assert!(syntaxes.find_syntax_by_name(grammar).is_some(), "{grammar}");
        }
        for (name, grammar) in OTHER_NAMES {
            assert!(GRAMMARS.contains(&grammar), "{name}");
        }
    }
}
