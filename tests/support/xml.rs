//! A small check that a text is well-formed XML, and a reader of elements; no code of caseloom.

/// An element: its name, attributes, own text and children.
#[derive(Debug, Default)]
pub(crate) struct Element {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
    pub(crate) children: Vec<Element>,
}

impl Element {
    /// The children of a name.
    pub(crate) fn all<'e>(&'e self, name: &str) -> impl Iterator<Item = &'e Element> {
        let name = name.to_owned();
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of the only child of a name.
    #[track_caller]
    pub(crate) fn text_of(&self, name: &str) -> &str {
        let found: Vec<_> = self.all(name).collect();
        assert_eq!(found.len(), 1, "<{}> has one <{name}>", self.name);
        &found[0].text
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, value)| value.as_str())
    }
}

/// Reads a document.
///
/// # Panics
/// When it is not well-formed: tags that don't match, attributes without quotes or given twice, a bare `&` or `<`,
/// characters that XML 1.0 forbids, more than one root.
#[track_caller]
pub(crate) fn parse(document: &str) -> Element {
    for c in document.chars() {
        let allowed = matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
        assert!(allowed, "XML 1.0 forbids {c:?}");
    }
    let mut rest = document;
    if let Some(after) = rest.strip_prefix("<?xml ") {
        rest = after.split_once("?>").expect("the declaration ends").1;
    }
    let mut stack: Vec<Element> = vec![Element::default()];
    while let Some(at) = rest.find('<') {
        push_text(&mut stack, &rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find('>').expect("every tag ends");
        let tag = &rest[..end];
        assert!(!tag.contains('<'), "a `<` in the tag {tag}");
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            let element = stack.pop().expect("an open element");
            assert_eq!(element.name, name.trim_end(), "the tags match");
            stack
                .last_mut()
                .expect("an element around it")
                .children
                .push(element);
            continue;
        }
        let empty = tag.ends_with('/');
        let element = open(tag.trim_end_matches('/'));
        if empty {
            stack
                .last_mut()
                .expect("an element around it")
                .children
                .push(element);
        } else {
            stack.push(element);
        }
    }
    push_text(&mut stack, rest);
    assert_eq!(stack.len(), 1, "every element is closed");
    let mut root = stack.remove(0);
    assert_eq!(root.children.len(), 1, "there is one root");
    assert_eq!(root.text.trim(), "", "there is no text around it");
    root.children.remove(0)
}

#[track_caller]
fn push_text(stack: &mut [Element], text: &str) {
    let decoded = decode(text);
    stack
        .last_mut()
        .expect("an element around it")
        .text
        .push_str(&decoded);
}

#[track_caller]
fn open(tag: &str) -> Element {
    let (name, mut rest) = match tag.split_once(char::is_whitespace) {
        Some((name, rest)) => (name, rest.trim_start()),
        None => (tag, ""),
    };
    let plain = |name: &str| {
        !name.is_empty()
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || matches!(c, ':' | '-' | '_'))
    };
    assert!(plain(name), "{name:?} is a name");
    let mut element = Element {
        name: name.to_owned(),
        ..Element::default()
    };
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").expect("attributes are quoted");
        let (value, after) = after.split_once('"').expect("attributes end");
        assert!(plain(name), "{name:?} is a name");
        assert!(element.get(name).is_none(), "{name} is given once");
        element.attributes.push((name.to_owned(), decode(value)));
        rest = after.trim_start();
    }
    element
}

#[track_caller]
fn decode(text: &str) -> String {
    for (at, _) in text.match_indices('&') {
        let known = ["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"];
        assert!(
            known.iter().any(|known| text[at..].starts_with(known)),
            "a bare & in {text:?}"
        );
    }
    super::html::decode(text)
}
