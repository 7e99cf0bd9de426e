//! The proof that the parser comes back from every grammar in use, whatever the code.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use syntect::parsing::SyntaxDefinition;
use syntect::parsing::syntax_definition::{Context, MatchOperation, MatchPattern, Pattern};

use super::languages::GRAMMARS;

/// Circles that nothing goes round: grammar, a context, and the one that is `set` in its place.
const HARMLESS: [(&str, &str, &str); 3] = [
    // One hands over before `->`, the other before `:`.
    (
        "Python",
        "function-after-parameters",
        "#anon_function-after-parameters_0",
    ),
    (
        "Python",
        "#anon_function-after-parameters_0",
        "function-after-parameters",
    ),
    // It hands over before `(`, which the other takes before it hands back.
    ("Go", "pop-func-return-signature", "pop-func-parameter-list"),
];

/// No grammar in use has a way to go on for ever at one place of a text.
///
/// The parser breaks by itself a loop with a push in it, and a loop without one has to get the contexts that it pops
/// from a `set`. So it is made of `set`s whose pattern can match nothing, and of pops to contexts that a `set` has left
/// below: the edges of a graph of contexts in which no such `set` may be on a circle.
#[test]
fn no_grammar_can_loop() {
    let builder = two_face::syntax::extra_newlines().into_builder();
    let contexts = Contexts::new(builder.syntaxes());
    for (number, grammar) in builder.syntaxes().iter().enumerate() {
        let grammar = grammar.name.as_str();
        if GRAMMARS.contains(&grammar) {
            let mut circles = contexts.circles(number);
            circles.retain(|&(from, to)| !HARMLESS.contains(&(grammar, from, to)));
            assert_eq!(circles, [], "{grammar}");
        } else if grammar == "JavaScript" {
            assert_ne!(contexts.circles(number), [], "the loop that is known");
        }
    }
}

/// The number of a grammar and that of a context in it.
type Id = (usize, usize);

struct Contexts<'a> {
    contexts: HashMap<Id, &'a Context>,
    names: HashMap<Id, &'a str>,
    starts: HashMap<(usize, &'a str), Id>,
}

impl<'a> Contexts<'a> {
    fn new(grammars: &'a [SyntaxDefinition]) -> Self {
        let mut all = Self {
            contexts: HashMap::new(),
            names: HashMap::new(),
            starts: HashMap::new(),
        };
        for (grammar, definition) in grammars.iter().enumerate() {
            // syntect numbers the contexts in the order of their names.
            let sorted: BTreeMap<_, _> = definition.contexts.iter().collect();
            for (number, (name, context)) in sorted.into_iter().enumerate() {
                all.contexts.insert((grammar, number), context);
                all.names.insert((grammar, number), name);
                all.starts.insert((grammar, name), (grammar, number));
            }
        }
        all
    }

    /// The `set`s that are on a circle: names of the context and of the one set in its place.
    fn circles(&self, grammar: usize) -> Vec<(&'a str, &'a str)> {
        let starts = ["__start", "main"]
            .iter()
            .filter_map(|name| self.starts.get(&(grammar, *name)));
        let mut todo: Vec<Id> = starts.copied().collect();
        let mut reached: HashMap<Id, Vec<&MatchPattern>> = HashMap::new();
        // Contexts whose patterns work in every context above.
        let mut anywhere = BTreeSet::new();
        while let Some(id) = todo.pop() {
            if reached.contains_key(&id) {
                continue;
            }
            let patterns = self.patterns(id);
            for pattern in &patterns {
                anywhere.extend(pattern.with_prototype.as_ref().and_then(ids));
                if let MatchOperation::Push(targets) | MatchOperation::Set(targets) =
                    &pattern.operation
                {
                    todo.extend(targets.iter().filter_map(ids));
                }
            }
            todo.extend(&anywhere);
            reached.insert(id, patterns);
        }
        let mut sets: BTreeSet<(Id, Id)> = BTreeSet::new();
        let mut edges: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for (&id, patterns) in &reached {
            let everywhere = anywhere.iter().flat_map(|id| &reached[id]);
            for pattern in patterns.iter().chain(everywhere) {
                let MatchOperation::Set(targets) = &pattern.operation else {
                    continue;
                };
                let targets: Vec<Id> = targets.iter().filter_map(ids).collect();
                if let Some(&top) = targets.last()
                    && can_match_nothing(pattern.regex.regex_str())
                {
                    sets.insert((id, top));
                    edges.entry(id).or_default().insert(top);
                }
                for pair in targets.windows(2) {
                    edges.entry(pair[1]).or_default().insert(pair[0]);
                }
            }
        }
        let leads_to = |from: Id, to: Id| {
            let mut todo = vec![from];
            let mut seen = HashSet::new();
            while let Some(id) = todo.pop() {
                if id == to {
                    return true;
                }
                if seen.insert(id) {
                    todo.extend(edges.get(&id).into_iter().flatten());
                }
            }
            false
        };
        sets.retain(|&(from, to)| leads_to(to, from));
        sets.iter()
            .map(|(from, to)| (self.names[from], self.names[to]))
            .collect()
    }

    /// The patterns of a context and of those that it includes.
    fn patterns(&self, id: Id) -> Vec<&'a MatchPattern> {
        let mut found = Vec::new();
        let mut seen = HashSet::new();
        let mut todo = vec![id];
        todo.extend(
            self.contexts
                .get(&id)
                .and_then(|context| ids(&context.prototype?)),
        );
        while let Some(id) = todo.pop() {
            if !seen.insert(id) {
                continue;
            }
            for pattern in self
                .contexts
                .get(&id)
                .iter()
                .flat_map(|context| &context.patterns)
            {
                match pattern {
                    Pattern::Match(pattern) => found.push(pattern),
                    Pattern::Include(other) => todo.extend(ids(other)),
                }
            }
        }
        found
    }
}

/// The numbers in `Direct(ContextId { syntax_index: 1, context_index: 2 })`, which syntect shows in no other way.
fn ids(reference: &impl std::fmt::Debug) -> Option<Id> {
    let text = format!("{reference:?}");
    let digits = text.split(|character: char| !character.is_ascii_digit());
    let numbers: Vec<usize> = digits.filter_map(|digits| digits.parse().ok()).collect();
    (text.contains("ContextId {") && numbers.len() == 2).then(|| (numbers[0], numbers[1]))
}

/// Whether a regular expression can match without taking a character; `true` when that is not clear.
fn can_match_nothing(pattern: &str) -> bool {
    let mut reader = Reader {
        rest: pattern,
        is_spaced: pattern.contains("(?x"),
    };
    let is_empty = reader.alternatives();
    is_empty || !reader.rest.is_empty()
}

struct Reader<'a> {
    rest: &'a str,
    /// Whether white space and comments in the pattern mean nothing.
    is_spaced: bool,
}

impl Reader<'_> {
    fn take(&mut self, token: &str) -> bool {
        let rest = self.rest.strip_prefix(token);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    fn skip_to(&mut self, end: char) {
        self.rest = self.rest.split_once(end).map_or("", |(_, rest)| rest);
    }

    /// Reads up to the end of the group; whether one of the alternatives can be empty.
    fn alternatives(&mut self) -> bool {
        let mut any = false;
        let mut is_empty = true;
        while !self.rest.is_empty() && !self.rest.starts_with(')') {
            if self.take("|") {
                any |= is_empty;
                is_empty = true;
            } else {
                let part = self.part();
                let may_be_left_out = self.repeat();
                is_empty &= part || may_be_left_out;
            }
        }
        any || is_empty
    }

    /// Reads one part of a sequence; whether it can be empty.
    fn part(&mut self) -> bool {
        let Some(first) = self.rest.chars().next() else {
            return true;
        };
        self.rest = &self.rest[first.len_utf8()..];
        match first {
            '(' => self.group(),
            '[' => {
                self.class();
                false
            }
            '\\' => self.escape(),
            '^' | '$' => true,
            '#' if self.is_spaced => {
                self.skip_to('\n');
                true
            }
            _ => self.is_spaced && first.is_whitespace(),
        }
    }

    fn group(&mut self) -> bool {
        let looks = ["?=", "?!", "?<=", "?<!"]
            .iter()
            .any(|look| self.take(look));
        if self.take("?#") {
            self.skip_to(')');
            return true;
        }
        if !looks && self.take("?<") {
            self.skip_to('>');
        } else if self.take("?") && !self.take(">") {
            self.rest = self
                .rest
                .trim_start_matches(|c: char| c.is_ascii_alphabetic() || c == '-');
            if self.take(")") {
                return true;
            }
            self.take(":");
        }
        let is_empty = self.alternatives();
        self.take(")");
        looks || is_empty
    }

    /// Reads a set of characters, which may hold others.
    fn class(&mut self) {
        let _ = self.take("^");
        let mut first = true;
        while !self.rest.is_empty() {
            if !first && self.take("]") {
                return;
            }
            if self.take("\\") || !self.take("[") {
                let next = self.rest.chars().next().map_or(0, char::len_utf8);
                self.rest = &self.rest[next..];
            } else {
                self.class();
            }
            first = false;
        }
    }

    fn escape(&mut self) -> bool {
        let Some(escaped) = self.rest.chars().next() else {
            return true;
        };
        self.rest = &self.rest[escaped.len_utf8()..];
        if matches!(escaped, 'x' | 'p' | 'P' | 'u') && self.take("{") {
            self.skip_to('}');
        }
        // Places, what was matched before, and calls of other groups.
        matches!(
            escaped,
            'b' | 'B' | 'A' | 'z' | 'Z' | 'G' | 'K' | 'k' | 'g' | '0'..='9'
        )
    }

    /// Reads how often the part before it comes; whether that may be never.
    fn repeat(&mut self) -> bool {
        let mut may_be_never = false;
        loop {
            if self.take("*") || self.take("?") {
                may_be_never = true;
            } else if self.rest.starts_with('{')
                && self.rest[1..].starts_with(|c: char| c.is_ascii_digit() || c == ',')
            {
                may_be_never |= self.rest.starts_with("{0") || self.rest.starts_with("{,");
                self.skip_to('}');
            } else if !self.take("+") {
                return may_be_never;
            }
        }
    }
}

#[test]
fn patterns_that_can_match_nothing() {
    for pattern in [
        "",
        "(?=a)",
        "a*",
        "a|",
        "(a|b?)",
        "\\b",
        "^$",
        "(?i)",
        "(?<!a)b?",
        "[a]{0,3}",
        "(?x) # a\n  \\s*",
        "\\1",
        "(?#a)",
    ] {
        assert!(can_match_nothing(pattern), "{pattern}");
    }
    for pattern in [
        "a",
        "a+",
        "[]a]",
        "[^]]",
        "[a[b]]",
        "(?:a|b)",
        "(?<n>a)",
        "(?=a)a",
        "(?i:a)",
        "\\)",
        "\\p{L}",
        "a{2}",
        "(?x) a # b",
    ] {
        assert!(!can_match_nothing(pattern), "{pattern}");
    }
}
