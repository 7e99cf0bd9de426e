//! YAML as a tree in which every key and value knows its bytes.
//!
//! The only module that knows which YAML parser is used. Built on the parser's events, since a typed decoder stops at
//! the first mistake of a file and has no place for a missing or a doubled key.

use std::borrow::Cow;

use granit_parser::{Event, Parser, ScalarStyle};

use crate::diagnostics::{Diagnostic, Sink, Span, Spanned, rules};

/// A value of a YAML document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node<'t> {
    /// Text, or no value at all.
    Scalar {
        /// The text after YAML's escapes.
        text: Cow<'t, str>,
        /// Whether it was written without quotes, so that `~`, `null`, `true` and numbers mean something.
        plain: bool,
    },
    /// A list.
    Seq(Vec<Spanned<Node<'t>>>),
    /// Keys and values in the order of the file, doubled keys included.
    Map(Vec<(Spanned<Cow<'t, str>>, Spanned<Node<'t>>)>),
}

impl Node<'_> {
    /// Whether there is nothing here: no value, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Scalar { text, plain: true } if matches!(text.as_ref(), "" | "~" | "null"))
    }

    /// The value as data: plain `true`, `false` and whole numbers as such, all other scalars as text.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Scalar { .. } if self.is_null() => serde_json::Value::Null,
            Self::Scalar { text, plain: true } => match text.as_ref() {
                "true" => true.into(),
                "false" => false.into(),
                text => match text.parse::<i64>() {
                    Ok(number) if number.to_string() == text => number.into(),
                    _ => text.into(),
                },
            },
            Self::Scalar { text, .. } => text.as_ref().into(),
            Self::Seq(items) => items.iter().map(|item| item.value.to_json()).collect(),
            Self::Map(entries) => serde_json::Value::Object(
                entries
                    .iter()
                    .map(|(key, value)| (key.value.to_string(), value.value.to_json()))
                    .collect(),
            ),
        }
    }

    /// What this is, in words for a message.
    pub fn describe(&self) -> &'static str {
        match self {
            Self::Scalar { .. } if self.is_null() => "nothing",
            Self::Scalar { .. } => "text",
            Self::Seq(_) => "a list",
            Self::Map(_) => "keys with values",
        }
    }
}

/// How much YAML one file may hold.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Deepest nesting of lists and maps.
    pub depth: usize,
    /// Most values and keys.
    pub nodes: usize,
}

/// Parses one document that begins at byte `offset` of a file; every span is one of the whole file.
///
/// Returns `None` when the YAML can't be read; the cause is reported. An empty document is an empty map.
pub fn parse<'t>(
    yaml: &'t str,
    offset: usize,
    limits: Limits,
    sink: &mut Sink,
) -> Option<Spanned<Node<'t>>> {
    let mut builder = Builder::new(yaml, offset, limits);
    let result = builder.run();
    for span in builder.cut {
        let diagnostic = sink
            .diagnostic(
                &rules::COMMENT_IN_VALUE,
                span,
                "everything from this # on is a comment and is left out",
            )
            .help("if it belongs to the text, put the whole text in double quotes");
        sink.push(diagnostic);
    }
    match result {
        Ok(node) => Some(node),
        Err(problem) => {
            let diagnostic = problem.into_diagnostic(yaml, offset, sink);
            sink.push(diagnostic);
            None
        }
    }
}

/// Why a document could not be read.
enum Problem {
    Scan { at: usize, info: String },
    Refused { span: Span, what: &'static str },
    Limit { span: Span, what: String },
}

impl Problem {
    fn into_diagnostic(self, yaml: &str, offset: usize, sink: &Sink) -> Diagnostic {
        let shift = |span: Span| span.start + offset..span.end + offset;
        match self {
            Self::Scan { at, info } => {
                let (at, message, help) = explain(yaml, at, &info);
                sink.diagnostic(&rules::MALFORMED_YAML, shift(at..at), message)
                    .help(help)
            }
            Self::Refused { span, what } => sink
                .diagnostic(
                    &rules::YAML_ALIAS,
                    shift(span),
                    format!("{what} can't be used here"),
                )
                .help("write the value out where it is needed; put text that begins with & * or ! in quotes"),
            Self::Limit { span, what } => sink.diagnostic(&rules::YAML_LIMIT, shift(span), what),
        }
    }
}

/// Finds the likely cause behind a parser's complaint: the mistakes that people make, in the order of how sure we are.
fn explain(yaml: &str, at: usize, info: &str) -> (usize, String, &'static str) {
    let at = crate::diagnostics::floor_char_boundary(yaml, at);
    if let Some(tab) = tab_indent(yaml, at) {
        return (
            tab,
            "a tab stands where YAML wants spaces".to_owned(),
            "replace the tab by two spaces",
        );
    }
    if let Some(quote) = unclosed_quote(yaml, at) {
        return (
            quote,
            "this quotation mark is never closed".to_owned(),
            "close the text with the same mark; inside double quotes, write \\\" for a mark that belongs to the text",
        );
    }
    if let Some(value) = needs_quotes(yaml, at) {
        return (
            value,
            "this text must stand in quotes as a whole".to_owned(),
            "put double quotes around it; write \\\" for a double quote that belongs to the text",
        );
    }
    if let Some(colon) = colon_in_text(yaml, at) {
        return (
            colon,
            "text with a colon and a space must stand in quotes".to_owned(),
            "put the whole text after the key in double quotes",
        );
    }
    (
        at,
        format!("this is not readable YAML: {info}"),
        "look at this line and the one before: indentation, a missing colon, quotes or brackets",
    )
}

/// A tab in the indentation of the line at `at` or of one of the two before.
fn tab_indent(yaml: &str, at: usize) -> Option<usize> {
    let mut start = line_start(yaml, at);
    for _ in 0..3 {
        let line = &yaml[start..];
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if let Some(tab) = line[..indent].find('\t') {
            return Some(start + tab);
        }
        if start == 0 {
            return None;
        }
        start = line_start(yaml, start - 1);
    }
    None
}

/// The opening quotation mark of a value that has no closing one on its line, at or before `at`.
fn unclosed_quote(yaml: &str, at: usize) -> Option<usize> {
    let mut start = 0;
    for line in yaml.split_inclusive('\n') {
        if start > at {
            return None;
        }
        let value_at = line
            .find(": ")
            .map(|colon| colon + 2)
            .or_else(|| line.find("- ").map(|dash| dash + 2));
        if let Some(value_at) = value_at {
            let value = line[value_at..].trim_start();
            let indent = line[value_at..].len() - value.len();
            let value = value.trim_end();
            if let Some(quote @ ('"' | '\'')) = value.chars().next() {
                let inner = &value[1..];
                if !inner.contains(quote) {
                    // Text in quotes may go on over several lines; it is unclosed only if no later line closes it.
                    let rest = &yaml[start + line.len()..];
                    let closes = rest
                        .lines()
                        .take_while(|next| !next.contains(": ") && !next.trim_end().ends_with(':'))
                        .any(|next| next.contains(quote));
                    if !closes {
                        return Some(start + value_at + indent);
                    }
                }
            }
        }
        start += line.len();
    }
    None
}

/// The value of the line at `at` when it begins with a character that YAML keeps for itself, or with quoted words that
/// are followed by more.
fn needs_quotes(yaml: &str, at: usize) -> Option<usize> {
    let start = line_start(yaml, at);
    let line = yaml[start..].lines().next().unwrap_or("");
    let value_at = line.find(": ").or_else(|| line.find("- "))? + 2;
    let value = line[value_at..].trim_start();
    let value_at = start + line.len() - value.len();
    let first = value.chars().next()?;
    let kept = matches!(first, '@' | '`' | '%');
    let quoted_part = matches!(first, '"' | '\'')
        && value[1..].find(first).is_some_and(|close| {
            !matches!(
                value[close + 2..].trim_start().chars().next(),
                None | Some('#' | ',' | '}' | ']')
            )
        });
    (kept || quoted_part).then_some(value_at)
}

/// The second `: ` of the line at `at` or the one before: unquoted text that holds a colon.
fn colon_in_text(yaml: &str, at: usize) -> Option<usize> {
    let here = line_start(yaml, at);
    let before = if here == 0 {
        here
    } else {
        line_start(yaml, here - 1)
    };
    for start in [here, before] {
        let line = yaml[start..].lines().next().unwrap_or("");
        let Some(first) = line.find(": ") else {
            continue;
        };
        let value = line[first + 2..].trim_start();
        if value.starts_with(['"', '\'', '{', '[', '|', '>']) {
            continue;
        }
        if let Some(second) = line[first + 2..].find(": ") {
            return Some(start + first + 2 + second);
        }
    }
    None
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |newline| newline + 1)
}

/// A list or map that is still being filled.
enum Open<'t> {
    Seq {
        start: usize,
        items: Vec<Spanned<Node<'t>>>,
    },
    Map {
        start: usize,
        key: Option<Spanned<Cow<'t, str>>>,
        entries: Vec<(Spanned<Cow<'t, str>>, Spanned<Node<'t>>)>,
    },
}

struct Builder<'t> {
    yaml: &'t str,
    offset: usize,
    limits: Limits,
    stack: Vec<Open<'t>>,
    root: Option<Spanned<Node<'t>>>,
    nodes: usize,
    documents: usize,
    /// Comments that are probably part of the text before them.
    cut: Vec<Span>,
}

impl<'t> Builder<'t> {
    fn new(yaml: &'t str, offset: usize, limits: Limits) -> Self {
        Self {
            yaml,
            offset,
            limits,
            stack: Vec::new(),
            root: None,
            nodes: 0,
            documents: 0,
            cut: Vec::new(),
        }
    }

    fn run(&mut self) -> Result<Spanned<Node<'t>>, Problem> {
        let options = granit_parser::options! { emit_comments: false };
        let mut parser = Parser::new_from_str_with_options(self.yaml, options);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| Problem::Scan {
                at: error.marker().byte_offset().unwrap_or(0),
                info: error.info(),
            })?;
            let span = span.byte_range().unwrap_or(0..0);
            let span = span.start.min(self.yaml.len())..span.end.min(self.yaml.len());
            self.event(event, span)?;
        }
        let end = self.offset + self.yaml.len();
        Ok(self
            .root
            .take()
            .unwrap_or(Spanned::new(Node::Map(Vec::new()), self.offset..end)))
    }

    fn event(&mut self, event: Event<'t>, span: Span) -> Result<(), Problem> {
        let refused = |what| {
            Err(Problem::Refused {
                span: span.clone(),
                what,
            })
        };
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    return refused("a second YAML document");
                }
            }
            Event::Alias(..) | Event::UnresolvedAlias(..) => return refused("a YAML alias"),
            Event::Anchor(..) => return refused("a YAML anchor"),
            Event::Scalar(_, _, anchor, _)
            | Event::SequenceStart(_, anchor, _)
            | Event::MappingStart(_, anchor, _)
                if anchor != 0 =>
            {
                return refused("a YAML anchor");
            }
            Event::Scalar(_, _, _, Some(_))
            | Event::SequenceStart(_, _, Some(_))
            | Event::MappingStart(_, _, Some(_)) => {
                return refused("a YAML tag");
            }
            Event::Scalar(text, style, _, _) => {
                let plain = style == ScalarStyle::Plain;
                let span = self.trim(span, style);
                if plain {
                    self.note_comment(span.end);
                }
                self.value(Node::Scalar { text, plain }, span)?;
            }
            Event::SequenceStart(..) => {
                self.open(
                    &span,
                    Open::Seq {
                        start: span.start,
                        items: Vec::new(),
                    },
                )?;
            }
            Event::MappingStart(..) => {
                self.open(
                    &span,
                    Open::Map {
                        start: span.start,
                        key: None,
                        entries: Vec::new(),
                    },
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end)?,
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, span: &Span, open: Open<'t>) -> Result<(), Problem> {
        if self.stack.len() >= self.limits.depth {
            return Err(Problem::Limit {
                span: span.clone(),
                what: format!(
                    "lists and keys are nested more than {} deep",
                    self.limits.depth
                ),
            });
        }
        if let Some(Open::Map { key: None, .. }) = self.stack.last() {
            return Err(Problem::Refused {
                span: span.clone(),
                what: "a list or map as a key",
            });
        }
        self.stack.push(open);
        Ok(())
    }

    fn close(&mut self, end: usize) -> Result<(), Problem> {
        match self.stack.pop() {
            Some(Open::Seq { start, items }) => {
                let end = self.block_end(start, end);
                self.value(Node::Seq(items), start..end)
            }
            Some(Open::Map { start, entries, .. }) => {
                let end = self.block_end(start, end);
                self.value(Node::Map(entries), start..end)
            }
            None => Ok(()),
        }
    }

    /// A block collection's span runs to the next token; it ends where its last text ends.
    fn block_end(&self, start: usize, end: usize) -> usize {
        start + self.yaml[start..end.max(start)].trim_end().len()
    }

    /// Block scalars end with their line break; messages are clearer without it.
    fn trim(&self, span: Span, style: ScalarStyle) -> Span {
        match style {
            ScalarStyle::Literal | ScalarStyle::Folded => {
                span.start..self.block_end(span.start, span.end)
            }
            _ => span,
        }
    }

    /// `title: Room #3` loses its end to a comment. People who comment leave a blank after the #.
    fn note_comment(&mut self, end: usize) {
        let line = self.yaml[end..].split(['\n', '\r']).next().unwrap_or("");
        let rest = line.trim_start();
        let word = rest.strip_prefix('#').and_then(|text| text.chars().next());
        if word.is_some_and(char::is_alphanumeric) && rest.len() < line.len() {
            let at = self.offset + end + line.len() - rest.len();
            self.cut.push(at..at + rest.len());
        }
    }

    fn value(&mut self, node: Node<'t>, span: Span) -> Result<(), Problem> {
        self.nodes += 1;
        if self.nodes > self.limits.nodes {
            return Err(Problem::Limit {
                span,
                what: format!("there are more than {} values here", self.limits.nodes),
            });
        }
        let place = span.start + self.offset..span.end + self.offset;
        match self.stack.last_mut() {
            None => {
                if self.root.is_none() {
                    self.root = Some(Spanned::new(node, place));
                }
            }
            Some(Open::Seq { items, .. }) => items.push(Spanned::new(node, place)),
            Some(Open::Map { key, entries, .. }) => match key.take() {
                Some(key) => entries.push((key, Spanned::new(node, place))),
                None => match node {
                    Node::Scalar { text, .. } => *key = Some(Spanned::new(text, place)),
                    _ => {
                        return Err(Problem::Refused {
                            span,
                            what: "a list or map as a key",
                        });
                    }
                },
            },
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::sync::Arc;

    const LIMITS: Limits = Limits {
        depth: 16,
        nodes: 5_000,
    };

    fn sink() -> Sink {
        Sink::new(&Arc::from("x.yaml"))
    }

    fn tree(yaml: &str) -> Spanned<Node<'_>> {
        let mut sink = sink();
        let node = parse(yaml, 0, LIMITS, &mut sink);
        assert_eq!(sink.into_diagnostics(), []);
        node.expect("readable")
    }

    fn problem(yaml: &str) -> (String, usize) {
        let mut sink = sink();
        assert!(parse(yaml, 0, LIMITS, &mut sink).is_none());
        let diagnostics = sink.into_diagnostics();
        assert_eq!(diagnostics.len(), 1);
        (diagnostics[0].message.clone(), diagnostics[0].span.start)
    }

    /// Every plain scalar's span is its own text.
    fn check_spans(yaml: &str, node: &Spanned<Node<'_>>) {
        match &node.value {
            Node::Scalar { text, plain } => {
                if *plain && !text.contains(' ') {
                    assert_eq!(&yaml[node.span.clone()], text.as_ref());
                }
            }
            Node::Seq(items) => items.iter().for_each(|item| check_spans(yaml, item)),
            Node::Map(entries) => {
                for (key, value) in entries {
                    assert_eq!(
                        yaml[key.span.clone()].trim_matches(['"', '\'']),
                        key.value.as_ref()
                    );
                    check_spans(yaml, value);
                }
            }
        }
    }

    #[test]
    fn every_key_and_value_knows_its_bytes() {
        for yaml in [
            "a: 1\nb:\n  - x\n  - {c: é, d: [e, f]}\n",
            "a: 1\r\nb:\r\n  - x\r\n",
            "\"a\": 'q'\nf: >\n  folded\n  text\ng: end\n",
        ] {
            check_spans(yaml, &tree(yaml));
        }
    }

    #[test]
    fn a_block_list_ends_with_its_last_item() {
        let yaml = "a:\n  - x\n  - y\n\nb: 1\n";
        let Node::Map(entries) = tree(yaml).value else {
            panic!("a map");
        };
        assert_eq!(&yaml[entries[0].1.span.clone()], "- x\n  - y");
    }

    #[test]
    fn no_value_is_null_and_an_empty_document_an_empty_map() {
        let Node::Map(entries) = tree("a:\nb: ~\nc: ''\n").value else {
            panic!("a map");
        };
        let nulls: Vec<_> = entries
            .iter()
            .map(|(_, value)| value.value.is_null())
            .collect();
        assert_eq!(nulls, [true, true, false]);
        assert_eq!(tree("").value, Node::Map(Vec::new()));
        assert_eq!(tree("# only a comment\n").value, Node::Map(Vec::new()));
    }

    #[test]
    fn the_real_cause_of_broken_yaml_is_named() {
        assert_eq!(
            problem("a: 1\nb:\n\t- x\n"),
            ("a tab stands where YAML wants spaces".to_owned(), 8)
        );
        assert_eq!(
            problem("title: \"One door\nsummary: x\nplace: y\n"),
            ("this quotation mark is never closed".to_owned(), 7)
        );
        assert_eq!(
            problem("title: One office: one team\nsummary: x\n"),
            (
                "text with a colon and a space must stand in quotes".to_owned(),
                17
            )
        );
    }

    #[test]
    fn text_that_yaml_would_misread_is_explained() {
        for (yaml, at) in [
            ("a: @home\n", 3),
            ("a: \"Quoted\" she said\n", 3),
            ("l:\n  - 'one' two\n", 7),
        ] {
            assert_eq!(
                problem(yaml),
                ("this text must stand in quotes as a whole".to_owned(), at),
                "{yaml}"
            );
        }
    }

    #[test]
    fn a_comment_that_cuts_text_is_noted() {
        let mut sink = sink();
        parse("a: Room #3\nb: x # fine\nc: 1 #\n", 0, LIMITS, &mut sink);
        let spans: Vec<_> = sink
            .into_diagnostics()
            .into_iter()
            .map(|diagnostic| (diagnostic.rule.name, diagnostic.span))
            .collect();
        assert_eq!(spans, [("comment-in-value", 8..10)]);
    }

    #[test]
    fn anchors_aliases_tags_and_second_documents_are_refused() {
        for yaml in [
            "a: &x 1\nb: *x\n",
            "a: *y\n",
            "a: !!str 1\n",
            "a: 1\n---\nb: 2\n",
            "[a]: 1\n",
        ] {
            let mut sink = sink();
            assert!(parse(yaml, 0, LIMITS, &mut sink).is_none(), "{yaml}");
            assert_eq!(sink.into_diagnostics().len(), 1, "{yaml}");
        }
    }

    #[test]
    fn depth_and_size_are_limited() {
        let deep = |levels| format!("a: {}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(problem(&deep(40)).0.contains("nested more than 16 deep"));
        // The parser has a limit of its own, far above ours.
        problem(&deep(20_000));
        let long = format!("a: [{}]", "x,".repeat(6_000));
        assert!(problem(&long).0.contains("more than 5000 values"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]
        #[test]
        fn any_text_is_a_tree_or_one_diagnostic(yaml in "[-:a \n\r\t\"'{}\\[\\],#&*!|>?é\u{feff}]{0,40}") {
            let mut sink = sink();
            let node = parse(&yaml, 0, LIMITS, &mut sink);
            let diagnostics = sink.into_diagnostics();
            let errors = diagnostics
                .iter()
                .filter(|diagnostic| diagnostic.severity == crate::diagnostics::Severity::Error);
            prop_assert_eq!(node.is_none(), errors.count() == 1);
            if let Some(diagnostic) = diagnostics.first() {
                prop_assert!(diagnostic.span.end <= yaml.len());
            }
        }
    }
}
