//! References in the formats that reference managers read: BibTeX and CSL-JSON.

use serde_json::{Value, json};

use crate::config::Config;
use crate::content::{Library, Reference, Study};

/// One BibTeX entry. Braces keep the title's capitals; an organisation is one name in braces of its own.
pub(super) fn bibtex(reference: &Reference) -> String {
    let kind = reference.kind.as_deref().unwrap_or("");
    let (entry, publisher) = match kind {
        "article" | "review" => ("article", "journal"),
        "thesis" => ("phdthesis", "school"),
        _ => ("techreport", "institution"),
    };
    let mut fields = vec![("title", format!("{{{}}}", escape(&reference.title)))];
    if !reference.authors.is_empty() {
        let authors: Vec<_> = reference
            .authors
            .iter()
            .map(|author| match name(author) {
                Name::Others => "others".to_owned(),
                Name::Person { family, given } => format!("{}, {}", escape(family), escape(given)),
                Name::Body(body) => format!("{{{}}}", escape(body)),
            })
            .collect();
        fields.push(("author", authors.join(" and ")));
    }
    if let Some(year) = reference.year {
        fields.push(("year", year.to_string()));
    }
    if let Some(text) = &reference.publisher {
        fields.push((publisher, escape(text)));
    }
    if let Some(doi) = &reference.doi {
        fields.push(("doi", verbatim(doi)));
    }
    if let Some(url) = &reference.url {
        fields.push(("url", verbatim(url)));
    }
    entry_of(entry, &reference.id, &fields)
}

/// The page of a study as a BibTeX entry. Studies are the work of a library, which stands where an author would.
pub(super) fn study_bibtex(study: &Study, config: &Config) -> String {
    let modified = study.modified();
    let fields = [
        ("title", format!("{{{}}}", escape(&study.title))),
        ("author", format!("{{{}}}", escape(&config.title))),
        ("year", modified.year().to_string()),
        ("month", modified.month().to_string()),
        (
            "url",
            verbatim(&config.base_url.public(&study.output_path())),
        ),
    ];
    entry_of("misc", &study.slug, &fields)
}

fn entry_of(kind: &str, key: &str, fields: &[(&str, String)]) -> String {
    let mut out = format!("@{kind}{{{key},\n");
    for (key, value) in fields {
        out.push_str(&format!("  {key} = {{{value}}},\n"));
    }
    out.push_str("}\n");
    out
}

/// All references as one BibTeX file.
pub(super) fn bibtex_file(library: &Library) -> String {
    let entries: Vec<_> = library
        .references
        .iter()
        .map(|(_, reference)| bibtex(reference))
        .collect();
    entries.join("\n")
}

/// All references as CSL-JSON, the format of the Citation Style Language.
pub(super) fn csl_json(library: &Library) -> Vec<u8> {
    let items: Vec<Value> = library
        .references
        .iter()
        .map(|(_, reference)| csl_item(reference))
        .collect();
    let mut bytes =
        serde_json::to_vec_pretty(&items).expect("invariant: JSON values are serialisable");
    bytes.push(b'\n');
    bytes
}

fn csl_item(reference: &Reference) -> Value {
    let kind = match reference.kind.as_deref() {
        Some("article" | "review") => "article-journal",
        Some("thesis") => "thesis",
        _ => "report",
    };
    let authors: Vec<Value> = reference
        .authors
        .iter()
        .map(|author| match name(author) {
            Name::Person { family, given } => json!({"family": family, "given": given}),
            Name::Body(body) => json!({"literal": body}),
            Name::Others => json!({"literal": "et al."}),
        })
        .collect();
    let mut item = json!({
        "id": reference.id,
        "type": kind,
        "title": reference.title,
    });
    let mut set = |key: &str, value: Value| item[key] = value;
    if !authors.is_empty() {
        set("author", authors.into());
    }
    if let Some(year) = reference.year {
        set("issued", json!({"date-parts": [[year]]}));
    }
    if let Some(publisher) = &reference.publisher {
        let key = if kind == "article-journal" {
            "container-title"
        } else {
            "publisher"
        };
        set(key, publisher.as_str().into());
    }
    if let Some(doi) = &reference.doi {
        set("DOI", doi.as_str().into());
    }
    if let Some(url) = &reference.url {
        set("URL", url.as_str().into());
    }
    item
}

enum Name<'n> {
    Person {
        family: &'n str,
        given: &'n str,
    },
    Body(&'n str),
    /// The end of a list that the source cut short: "et al".
    Others,
}

/// A person is a family name followed by initials ("Batchelor P", "van der Berg JA") or by a comma and at most two given
/// names ("Akehurst, Joy", "McGowan, V. J."); anything else is a body.
fn name(author: &str) -> Name<'_> {
    if author.trim_end_matches('.') == "et al" {
        return Name::Others;
    }
    if let Some((family, given)) = author.split_once(", ") {
        let words: Vec<&str> = given.split(' ').collect();
        let short = family.split(' ').count() <= 3 && words.len() <= 2 && !given.contains(',');
        if short
            && words
                .iter()
                .all(|word| word.starts_with(char::is_uppercase))
        {
            return Name::Person { family, given };
        }
    }
    match author.rsplit_once(' ') {
        Some((family, given))
            if (1..=4).contains(&given.len()) && given.bytes().all(|b| b.is_ascii_uppercase()) =>
        {
            Name::Person { family, given }
        }
        _ => Name::Body(author),
    }
}

/// An address, in which what would end the field is percent-encoded.
fn verbatim(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    for c in address.chars() {
        match c {
            '{' | '}' | '\\' | '"' => out.push_str(&format!("%{:02X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// Characters that mean something to TeX.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' | '%' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '\\' => {}
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_told_from_bodies() {
        assert!(matches!(
            name("Batchelor P"),
            Name::Person {
                family: "Batchelor",
                given: "P"
            }
        ));
        assert!(matches!(
            name("van der Berg JA"),
            Name::Person {
                family: "van der Berg",
                given: "JA"
            }
        ));
        assert!(matches!(
            name("McGowan, V. J."),
            Name::Person {
                family: "McGowan",
                given: "V. J."
            }
        ));
        assert!(matches!(
            name("Department for Levelling Up, Housing and Communities"),
            Name::Body(_)
        ));
        assert!(matches!(name("NHS England"), Name::Body("NHS England")));
        assert!(matches!(name("Naylor"), Name::Body("Naylor")));
    }

    #[test]
    fn braces_never_close_a_field() {
        assert_eq!(verbatim("https://x/},a={b"), "https://x/%7D,a=%7Bb");
        assert_eq!(escape("a } & b_c {"), "a  \\& b\\_c ");
        assert_eq!(escape("~2^n"), "\\textasciitilde{}2\\textasciicircum{}n");
    }
}
