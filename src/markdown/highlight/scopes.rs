//! What the scopes of a grammar mean: which class the text in them has.

use syntect::parsing::{Scope, ScopeStack};

use super::spans::Class;

/// What one scope means for the text in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    Is(Class),
    /// Code of its own inside something else, such as an expression inside a string.
    Inner,
}

/// Beginnings of scopes and what they mean; the first that fits counts, so an exception stands before its rule.
const RULES: [(&str, Meaning); 45] = {
    use Class::*;
    use Meaning::{Inner, Is};
    [
        ("source", Inner),
        ("text", Inner),
        ("meta.interpolation", Inner),
        ("meta.template.expression", Inner),
        ("meta.embedded", Inner),
        ("punctuation", Is(Punctuation)),
        ("meta.brace", Is(Punctuation)),
        ("keyword.accessor", Is(Punctuation)),
        ("comment", Is(Comment)),
        ("string", Is(String)),
        ("storage.type.string", Is(String)),
        ("constant.numeric", Is(Number)),
        ("keyword.other.unit", Is(Number)),
        ("constant", Is(Constant)),
        ("support.constant", Is(Constant)),
        ("keyword.operator", Is(Operator)),
        ("keyword", Is(Keyword)),
        ("storage", Is(Keyword)),
        ("entity.name.function", Is(Function)),
        ("entity.name.macro", Is(Function)),
        ("support.function", Is(Function)),
        ("support.macro", Is(Function)),
        ("support.command", Is(Function)),
        ("variable.function", Is(Function)),
        ("variable.annotation", Is(Function)),
        // The keys of YAML and TOML, like those of JSON (see `class`), look like attributes, not like tags.
        ("entity.name.tag.yaml", Is(Attribute)),
        ("entity.name.tag.toml", Is(Attribute)),
        ("entity.name.tag", Is(Tag)),
        ("entity.other.attribute-name", Is(Attribute)),
        ("entity.other.pseudo-class", Is(Attribute)),
        ("entity.other.pseudo-element", Is(Attribute)),
        ("support.type.property-name", Is(Attribute)),
        ("entity.name.section", Is(Keyword)),
        ("entity.name", Is(Type)),
        ("entity.other.inherited-class", Is(Type)),
        ("support.type", Is(Type)),
        ("support.class", Is(Type)),
        ("support.struct", Is(Type)),
        ("support.variable", Is(Variable)),
        ("variable", Is(Variable)),
        ("markup.heading", Is(Keyword)),
        ("markup.raw", Is(String)),
        ("markup.inserted", Is(String)),
        ("markup.deleted", Is(Keyword)),
        ("markup.underline.link", Is(Constant)),
    ]
};

/// The rules in the form in which they are asked.
pub(super) struct Meanings {
    rules: Vec<(Scope, Meaning)>,
    /// What stands around the key of a JSON object, which is else but a string.
    json_key: Option<Scope>,
}

impl Meanings {
    pub(super) fn new() -> Self {
        let rule = |(scope, meaning)| Some((Scope::new(scope).ok()?, meaning));
        Self {
            rules: RULES.into_iter().filter_map(rule).collect(),
            json_key: Scope::new("meta.mapping.key.json").ok(),
        }
    }

    /// The class of text in nested scopes: that of the innermost which has one, where punctuation gives way to what it
    /// is part of, such as the quotes to the string.
    pub(super) fn class(&self, scopes: &ScopeStack) -> Option<Class> {
        let scopes = scopes.as_slice();
        let mut class = None;
        for (at, &scope) in scopes.iter().enumerate().rev() {
            match self.meaning(scope) {
                None => {}
                Some(Meaning::Inner) => break,
                Some(Meaning::Is(Class::Punctuation)) => class = Some(Class::Punctuation),
                Some(Meaning::Is(Class::String))
                    if at > 0 && Some(scopes[at - 1]) == self.json_key =>
                {
                    return Some(Class::Attribute);
                }
                Some(Meaning::Is(other)) => return Some(other),
            }
        }
        class
    }

    fn meaning(&self, scope: Scope) -> Option<Meaning> {
        let rule = self
            .rules
            .iter()
            .find(|(prefix, _)| prefix.is_prefix_of(scope));
        rule.map(|&(_, meaning)| meaning)
    }
}
