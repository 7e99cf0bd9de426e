//! HTML as a browser reads it: what of it may stand on a page that a stranger wrote.

use std::collections::HashSet;

use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// Every element that the renderer writes, with the attributes that it gives it.
const ELEMENTS: [(&str, &[&str]); 36] = [
    ("a", &["href", "id", "class", "title", "aria-label"]),
    ("abbr", &["title"]),
    ("blockquote", &[]),
    ("br", &[]),
    ("code", &["class"]),
    ("dd", &[]),
    ("del", &[]),
    ("div", &["class", "role", "aria-label", "tabindex"]),
    ("dl", &[]),
    ("dt", &[]),
    ("em", &[]),
    ("h2", &["id"]),
    ("h3", &["id"]),
    ("h4", &["id"]),
    ("h5", &["id"]),
    ("h6", &["id"]),
    ("hr", &[]),
    ("img", &["src", "alt", "title"]),
    ("li", &["id"]),
    ("ol", &["start"]),
    ("p", &["class"]),
    ("pre", &["tabindex"]),
    ("section", &["class", "aria-label"]),
    ("span", &["class", "role", "aria-label"]),
    ("strong", &[]),
    ("sub", &[]),
    ("sup", &["class"]),
    ("table", &[]),
    ("tbody", &[]),
    ("td", &["class"]),
    ("th", &["scope", "class"]),
    ("thead", &[]),
    ("tr", &[]),
    ("ul", &[]),
    // Those of the page around it.
    ("main", &[]),
    ("footer", &[]),
];

/// Schemes of links that can't run code.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Asserts that a body's HTML, parsed by a browser's rules, holds nothing that could run or load from elsewhere, nothing that
/// the renderer has no words for, and nothing that reaches beyond the element that it is put into.
pub fn is_harmless(body: &str) {
    let page = format!(
        "<!DOCTYPE html><html><head><title>t</title></head><body><main>{body}</main><footer></footer></body></html>"
    );
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(page.as_str());
    let html = child(&dom.document, "html");
    let page_body = child(&html, "body");
    let around: Vec<String> = page_body.children.borrow().iter().map(name).collect();
    assert_eq!(
        around,
        ["main", "footer"],
        "the body leaves its place: {body}"
    );
    let footer = child(&page_body, "footer");
    assert!(
        footer.children.borrow().is_empty(),
        "the body leaves its place: {body}"
    );
    let mut ids = HashSet::new();
    // A list of what is left, since a text can nest deeper than a stack.
    let mut left = vec![child(&page_body, "main")];
    while let Some(node) = left.pop() {
        check(&node, &mut ids);
        left.extend(node.children.borrow().iter().cloned());
    }
}

fn child(parent: &Handle, wanted: &str) -> Handle {
    let children = parent.children.borrow();
    let found = children.iter().find(|child| name(child) == wanted);
    found
        .unwrap_or_else(|| panic!("there is no {wanted}"))
        .clone()
}

/// The name of an element; that of its kind for everything else.
fn name(node: &Handle) -> String {
    match &node.data {
        NodeData::Element { name, .. } => name.local.to_string(),
        NodeData::Text { .. } => "#text".to_owned(),
        _ => "#other".to_owned(),
    }
}

fn check(node: &Handle, ids: &mut HashSet<String>) {
    match &node.data {
        NodeData::Element { name, attrs, .. } => {
            assert_eq!(&*name.ns, "http://www.w3.org/1999/xhtml", "{name:?}");
            let element = ELEMENTS.iter().find(|(known, _)| *known == &*name.local);
            let Some((element, known)) = element else {
                panic!("an element {:?}", name.local);
            };
            for attribute in attrs.borrow().iter() {
                let key = &*attribute.name.local;
                assert!(
                    known.contains(&key),
                    "<{element} {key}={:?}>",
                    attribute.value
                );
                check_value(element, key, attribute, ids);
            }
        }
        NodeData::Text { .. } => {}
        other => panic!("{other:?} among the elements"),
    }
}

fn check_value(element: &str, key: &str, attribute: &Attribute, ids: &mut HashSet<String>) {
    let value = &*attribute.value;
    match key {
        "href" => assert!(is_safe_link(value), "<{element} href={value:?}>"),
        "src" => {
            let name = value.strip_prefix("../../assets/").unwrap_or("");
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-.".contains(&byte);
            let plain = !name.is_empty() && name.bytes().all(plain);
            assert!(plain, "<{element} src={value:?}>");
        }
        "id" => assert!(
            ids.insert(value.to_owned()),
            "two elements have the id {value:?}"
        ),
        "class" => {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b" -_+#.".contains(&byte);
            assert!(value.bytes().all(plain), "<{element} class={value:?}>");
        }
        "role" => assert!(["region", "note", "img"].contains(&value), "role={value:?}"),
        _ => {}
    }
}

/// Whether a browser that follows a link stays on the web: a place on the page, a path below the site, or an address with a
/// harmless scheme and a host of its own.
fn is_safe_link(href: &str) -> bool {
    let cleaned = cleaned(href);
    if cleaned.starts_with('#') || cleaned.starts_with("../../") {
        // Only two steps lead from the page to the root of the site.
        return !cleaned.trim_start_matches("../../").starts_with("../");
    }
    let Some((scheme, rest)) = cleaned.split_once(':') else {
        return false;
    };
    let scheme = scheme.to_ascii_lowercase();
    SCHEMES.contains(&scheme.as_str())
        && (!scheme.starts_with("http") || rest.starts_with("//") && !rest.starts_with("///"))
}

/// An address as a browser takes it before it looks at its scheme: without controls and blanks around it, without tabs and
/// line ends anywhere (WHATWG URL, 4.4).
fn cleaned(address: &str) -> String {
    let trimmed = address.trim_matches(|c| c <= ' ');
    trimmed.replace(['\t', '\n', '\r'], "")
}
